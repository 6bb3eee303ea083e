internal import Domain
internal import Glibc
internal import Proof

/// The head of the log, kept outside the database: SQLite drops committed rows without a word when the
/// end of its WAL is damaged, and only something beside it can tell.
///
/// Two slots are written in turn, so that a write cut short leaves the one before. A slot is text that
/// an operator can read; its layout is a format.
final class HeadFile {
  private let path: String
  /// The log's present name.
  private let origin: String
  private let descriptor: Int32
  private var slot = 0

  /// What was found in the file.
  enum Content: Hashable {
    /// There is no file, or an empty one.
    case none
    case head(TreeHead)
    /// It is of the name the log had before, and was about to be written under the present one.
    case former
    case unreadable(String)
  }

  let found: Content

  private static let slotSize = 512
  private static let title = "tagledger head 1"

  /// - Parameter origins: All names of the log, the present one last.
  init(path: String, origins: [String]) throws(Problem) {
    self.path = path
    origin = origins[origins.count - 1]
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("open", path: path, errno: errno) }
    var bytes = [UInt8](repeating: 0, count: 2 * Self.slotSize)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count >= 0 else {
      let number = errno
      Glibc.close(descriptor)
      throw .system("read", path: path, errno: number)
    }
    (found, slot) = Self.read(Array(bytes.prefix(count)), origins: origins)
  }

  deinit {
    Glibc.close(descriptor)
  }

  /// Makes the head known to other processes at once, and durable at the next `sync`.
  func write(_ head: TreeHead) throws(Problem) {
    let text = Self.slotText(head, origin: origin)
    let written = pwrite(descriptor, text, text.count, off_t(slot * Self.slotSize))
    guard written == text.count else {
      throw .system("write", path: path, errno: written < 0 ? errno : ENOSPC)
    }
    slot = 1 - slot
  }

  func sync() throws(Problem) {
    guard fdatasync(descriptor) == 0 else { throw .system("fdatasync", path: path, errno: errno) }
  }

  /// Writes both slots, so that later writes never need room, and makes the file itself durable.
  func create(_ head: TreeHead, directory: String) throws(Problem) {
    try write(head)
    try write(head)
    guard fsync(descriptor) == 0 else { throw .system("fsync", path: path, errno: errno) }
    try Directory.sync(directory)
  }

  private static func slotText(_ head: TreeHead, origin: String) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(slotSize)
    text += "\(title)\n\(origin)\n\(head.size)\n".utf8
    Hex.write(head.root, to: &text)
    text.append(UInt8(ascii: "\n"))
    Hex.write(text.withUnsafeBytes { TreeHash(of: $0) }, to: &text)
    text.append(UInt8(ascii: "\n"))
    text += repeatElement(UInt8(ascii: " "), count: slotSize - 1 - text.count)
    text.append(UInt8(ascii: "\n"))
    return text
  }

  /// The newer of the readable slots, and the slot to write next.
  private static func read(_ bytes: [UInt8], origins: [String]) -> (Content, Int) {
    guard !bytes.isEmpty else { return (.none, 0) }
    let (found, slot) = read(bytes, origin: origins[origins.count - 1])
    if case .unreadable = found {
      for former in origins.dropLast() {
        if case .head = read(bytes, origin: former).0 { return (.former, 0) }
      }
    }
    return (found, slot)
  }

  private static func read(_ bytes: [UInt8], origin: String) -> (Content, Int) {
    let heads = [0, 1].map { index in
      readSlot(bytes.dropFirst(index * slotSize).prefix(slotSize), origin: origin)
    }
    switch (heads[0], heads[1]) {
    case (let first?, let second?):
      if first.size == second.size, first.root != second.root {
        return (.unreadable("its two slots contradict each other"), 0)
      }
      return first.size >= second.size ? (.head(first), 1) : (.head(second), 0)
    case (let first?, nil): return (.head(first), 1)
    case (nil, let second?): return (.head(second), 0)
    case (nil, nil): return (.unreadable("neither slot is whole and of this ledger"), 0)
    }
  }

  private static func readSlot(_ bytes: ArraySlice<UInt8>, origin: String) -> TreeHead? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 5, lines[0] == title, lines[1] == origin, let size = Int64(lines[2]),
      let root = TreeHash(hex: lines[3])
    else { return nil }
    let head = TreeHead(size: size, root: root)
    return Array(bytes) == slotText(head, origin: origin) ? head : nil
  }
}
