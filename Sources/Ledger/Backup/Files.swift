import Crypto
import Domain
import EventLog
import Foundation

/// Files that must be whole and on the disk before anybody relies on them.
enum Files {
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(Problem) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard file >= 0 else { throw failed(path) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress!, $0.count) }
      guard count > 0 else { throw failed(path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw failed(path) }
  }

  /// Copies a file that is not written meanwhile.
  static func copy(_ source: String, to target: String, mode: mode_t = 0o600) throws(Problem) {
    let from = open(source, O_RDONLY | O_CLOEXEC)
    guard from >= 0 else { throw failed(source) }
    defer { close(from) }
    let to = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard to >= 0 else { throw failed(target) }
    defer { close(to) }
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(from, &piece, piece.count)
      guard count >= 0 else { throw failed(source) }
      if count == 0 { break }
      guard Foundation.write(to, piece, count) == count else { throw failed(target) }
    }
    guard fsync(to) == 0 else { throw failed(target) }
  }

  static func makeDirectory(_ path: String) throws(Problem) {
    guard mkdir(path, 0o700) == 0 else { throw failed(path) }
  }

  /// Puts a directory that is whole in its place, so that this outlives a power cut.
  static func put(_ draft: String, at path: String) throws(Problem) {
    try Directory.sync(draft)
    guard rename(draft, path) == 0 else { throw failed(path) }
    try Directory.sync(Directory.of(path))
  }

  /// SHA-256 in hex.
  static func hash(_ path: String) throws(Problem) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failed(path) }
    defer { close(file) }
    var hasher = SHA256()
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(file, &piece, piece.count)
      guard count >= 0 else { throw failed(path) }
      if count == 0 { break }
      piece.withUnsafeBytes { hasher.update(bufferPointer: .init(rebasing: $0[..<count])) }
    }
    return hasher.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// Every file of a directory with its hash.
  static func hashes(in directory: String) throws(Problem) -> [String: String] {
    var hashes: [String: String] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
      hashes[name] = try hash(directory + "/" + name)
    }
    return hashes
  }

  static func failed(_ path: String) -> Problem {
    let number = errno
    return number == ENOSPC || number == EDQUOT
      ? .storageFull : .storageFailed("\(path): \(String(cString: strerror(number)))")
  }
}
