internal import Crypto
internal import Domain
internal import Glibc

/// The key-encryption keys, in a file that only its owner can read: one line per epoch, the newest last.
///
/// `tagledger-kek 1 EPOCH HEX` is a format. A systemd credential of the same text will do as well.
struct KeyFile {
  private let keys: [Int64: SymmetricKey]
  /// The epoch under which new keys are wrapped.
  let epoch: Int64

  /// Reads the file; makes it with a random key when there is none and `mayCreate` is set.
  init(path: String, mayCreate: Bool) throws(Problem) {
    var text = try Self.read(path)
    if text == nil, mayCreate {
      let key = SymmetricKey(size: .bits256).withUnsafeBytes { Hex.text($0) }
      try Self.create(path, text: "tagledger-kek 1 1 \(key)\n")
      text = try Self.read(path)
    }
    guard let text else {
      throw .storageFailed("the key file \(path) is missing; without it no personal field opens")
    }
    var keys: [Int64: SymmetricKey] = [:]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 4, parts[0] == "tagledger-kek", parts[1] == "1",
        let epoch = Int64(parts[2]), let bytes = Hex.bytes(parts[3]), bytes.count == 32
      else { throw .storageFailed("the key file \(path) is not one: a line does not read") }
      keys[epoch] = SymmetricKey(data: bytes)
    }
    guard let epoch = keys.keys.max() else {
      throw .storageFailed("the key file \(path) is empty")
    }
    self.keys = keys
    self.epoch = epoch
  }

  /// The key-encryption key of an epoch.
  func key(_ epoch: Int64) throws(Problem) -> SymmetricKey {
    guard let key = keys[epoch] else {
      throw .storageFailed("the key file lacks the key of epoch \(epoch)")
    }
    return key
  }

  private static func read(_ path: String) throws(Problem) -> String? {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw .system("open", path: path, errno: errno) }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw .system("read", path: path, errno: errno) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Writes beside and links into place, so that a file cut short is never taken for the key.
  private static func create(_ path: String, text: String) throws(Problem) {
    let draft = path + ".new"
    unlink(draft)
    let file = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o400)
    guard file >= 0 else { throw .system("create", path: draft, errno: errno) }
    defer { Glibc.close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0,
      rename(draft, path) == 0
    else {
      let number = errno
      unlink(draft)
      throw .system("write", path: path, errno: number)
    }
    try Directory.sync(Directory.of(path))
  }
}
