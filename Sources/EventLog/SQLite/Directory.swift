package import Domain
internal import Glibc

/// Makes the names in a directory durable: a file that is flushed may still lose its name.
package enum Directory {
  package static func sync(_ path: String) throws(Problem) {
    let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system("open", path: path, errno: errno) }
    defer { Glibc.close(folder) }
    guard fsync(folder) == 0 else { throw .system("fsync", path: path, errno: errno) }
  }

  static func syncFile(_ path: String) throws(Problem) {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system("open", path: path, errno: errno) }
    defer { Glibc.close(file) }
    guard fsync(file) == 0 else { throw .system("fsync", path: path, errno: errno) }
  }

  /// The directory that a file lies in.
  package static func of(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
