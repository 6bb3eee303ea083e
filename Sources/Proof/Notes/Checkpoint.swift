/// The size and root of a log at some moment, in the words that are signed (C2SP tlog-checkpoint).
package struct Checkpoint: Hashable, Sendable {
  /// The log's name.
  package let origin: String
  package let head: TreeHead
  /// Lines behind the root, which others may add a meaning to.
  package let extensions: [String]

  package init(origin: String, head: TreeHead, extensions: [String] = []) {
    self.origin = origin
    self.head = head
    self.extensions = extensions
  }

  /// Reads the text of a note.
  package init(parsing text: String) throws(ProofFault) {
    let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).map(
      Substring.init)
    guard lines.count >= 4, lines[lines.count - 1].isEmpty,
      lines.dropLast().allSatisfy({ !$0.isEmpty })
    else { throw .malformed(.checkpoint, "fewer than three lines, or an empty one") }
    guard let size = DecimalText.decode(lines[1]) else {
      throw .malformed(.checkpoint, "a size that is no number")
    }
    guard let root = Base64Text.decode(lines[2]).flatMap({ TreeHash($0) }) else {
      throw .malformed(.checkpoint, "a root that is no hash")
    }
    self.init(
      origin: String(lines[0]), head: TreeHead(size: size, root: root),
      extensions: lines[3...].dropLast().map(String.init))
  }

  /// The text that is signed.
  package var text: String {
    let lines = [origin, "\(head.size)", head.root.base64] + extensions
    return lines.map { $0 + "\n" }.joined()
  }
}

extension TreeHash {
  /// As it stands in notes and receipts.
  package var base64: String { Base64Text.encode(bytes) }

  /// Nil for anything but the canonical base64 of 32 bytes.
  package init?(base64: some StringProtocol) {
    guard let bytes = Base64Text.decode(base64) else { return nil }
    self.init(bytes)
  }
}
