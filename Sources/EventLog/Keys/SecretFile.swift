internal import Domain
internal import Glibc

/// A small file that only its owner may read, and that nobody changes.
enum SecretFile {
  /// Nil where there is none.
  static func read(_ path: String) throws(Problem) -> String? {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    if file < 0, errno == ENOENT { return nil }
    guard file >= 0 else { throw .system("open", path: path, errno: errno) }
    defer { Glibc.close(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw .system("read", path: path, errno: errno) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Writes beside and renames into place, so that a file cut short is never taken for the secret.
  static func create(_ path: String, text: String) throws(Problem) {
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
