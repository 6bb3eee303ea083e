import Glibc

/// The file, device or pipe that a person has named for what is written from its beginning to its end.
///
/// A regular file is there whole or not at all: it is written beside its place under a name of its own,
/// and `finish` puts it there. What is none, such as a pipe, is written to as it stands: another file
/// in its place would be lost on whoever reads there.
struct OutputFile: ~Copyable {
  private let descriptor: Int32
  /// The name that a person knows it by.
  private let name: String
  /// Where a regular file belongs, behind any links.
  private let target: String
  /// The file beside it that is written; nil where `target` is written to itself.
  let part: String?

  /// Whether standard output is meant; it is no file of its own, whatever it leads to.
  static func isStandard(_ name: String) -> Bool {
    name == "-" || name == "/dev/stdout"
  }

  init(_ name: String) throws(Failure) {
    let target = try Self.target(of: name)
    var status = stat()
    let isThere = stat(target, &status) == 0
    let descriptor: Int32
    var part: String?
    if isThere, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(target, O_WRONLY | O_CLOEXEC)
    } else {
      // Made anew, never a file that is there already, and for this user alone.
      let random = String(repeating: "X", count: 6)
      var path = Array("\(target).part-\(random)".utf8CString)
      descriptor = mkstemp(&path)
      part = Self.text(path)
    }
    guard descriptor >= 0 else {
      throw .fileUnwritable(name, errno)
    }
    self.descriptor = descriptor
    self.name = name
    self.target = target
    self.part = part
  }

  /// What a path names once links are followed, whether or not anything is there.
  private static func target(of name: String) throws(Failure) -> String {
    // As many as the kernel follows.
    let limit = 40
    var path = name
    for _ in 0..<limit {
      var link = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      guard readlink(path, &link, Int(PATH_MAX)) > 0 else { return path }
      let text = Self.text(link)
      let directory = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = text.hasPrefix("/") ? text : directory + text
    }
    throw .fileUnwritable(name, ELOOP)
  }

  /// What stands before the zero.
  private static func text(_ characters: [CChar]) -> String {
    characters.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written >= 0 || errno == EINTR else {
        throw .fileUnwritable(name, errno)
      }
      rest = rest.dropFirst(max(0, written))
    }
  }

  /// Makes sure that it is on the disk, since an export may be the only copy that somebody keeps, and
  /// puts it in its place.
  func finish() throws(Failure) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .fileUnwritable(name, errno)
    }
    guard let part else { return }
    guard rename(part, target) == 0 else {
      throw .fileUnwritable(name, errno)
    }
  }

  deinit {
    close(descriptor)
    // Nothing is there any more by this name where it was finished.
    if let part { unlink(part) }
  }
}
