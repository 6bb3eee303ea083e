package import Domain
import Foundation

/// Who has been erased and when, a line each, kept beside the log: so that a backup from before an
/// erasure cannot bring anybody back. It holds nothing personal.
///
/// The first line is `tagledger erasures 1 ORIGIN`; each other one `CUSTOMER SEQ TIME`. A format.
package struct ErasuresFile: Sendable {
  package struct Entry: Hashable, Sendable {
    package let customer: CustomerID
    /// The event that says so, in the log as it was then.
    package let seq: Int64
    package let at: Timestamp

    package init(customer: CustomerID, seq: Int64, at: Timestamp) {
      self.customer = customer
      self.seq = seq
      self.at = at
    }
  }

  package static let name = "erasures"
  private static let title = "tagledger erasures 1 "

  let path: String
  let origin: String

  package init(path: String, origin: String) {
    self.path = path
    self.origin = origin
  }

  /// What the file says; nothing where there is none.
  ///
  /// A last line without an end was being written when its daemon ended, and does not count.
  ///
  /// - Throws: `storageFailed` where it is another ledger's, or a line does not read.
  package func entries() throws(Problem) -> [Entry] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .storageFailed("\(path) cannot be read")
    }
    var lines = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    lines.removeLast()
    guard let first = lines.first else { return [] }
    guard first == Self.title + origin else {
      throw .storageFailed("\(path) is not a list of erasures of \(origin)")
    }
    var entries: [Entry] = []
    for (index, line) in lines.enumerated().dropFirst() {
      let parts = line.split(separator: " ")
      guard parts.count == 3, let customer = Int32(parts[0]), customer > 0,
        let seq = Int64(parts[1]), let at = try? Timestamp(parsing: String(parts[2]))
      else { throw .storageFailed("\(path): line \(index + 1) does not read") }
      entries.append(Entry(customer: CustomerID(customer), seq: seq, at: at))
    }
    return entries
  }

  /// Adds those that are not there yet, durably.
  package func add(_ new: [Entry]) throws(Problem) {
    let known = Set(try entries())
    let missing = new.filter { !known.contains($0) }
    guard !missing.isEmpty else { return }
    let isNew = known.isEmpty
    var text = isNew ? Self.title + origin + "\n" : ""
    for entry in missing {
      text += "\(entry.customer.rawValue) \(entry.seq) \(entry.at.text)\n"
    }
    let file = open(
      path, O_WRONLY | O_CREAT | O_CLOEXEC | (isNew ? O_TRUNC : O_APPEND), 0o600)
    guard file >= 0 else { throw .storageFailed("\(path): \(String(cString: strerror(errno)))") }
    defer { close(file) }
    if !isNew { try cutUnfinished(file) }
    let bytes = Array(text.utf8)
    guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
      throw errno == ENOSPC
        ? .storageFull : .storageFailed("\(path): \(String(cString: strerror(errno)))")
    }
  }

  /// Takes away a last line that has no end.
  private func cutUnfinished(_ file: Int32) throws(Problem) {
    guard let data = FileManager.default.contents(atPath: path), data.last != UInt8(ascii: "\n")
    else { return }
    let end = data.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    guard ftruncate(file, off_t(end)) == 0 else {
      throw .storageFailed("\(path): \(String(cString: strerror(errno)))")
    }
  }
}
