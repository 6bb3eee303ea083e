import Foundation
import Glibc
import Logging

/// The one place on disk that a daemon owns; nobody else's process is let in while it holds it.
struct DataDirectory: Sendable {
  let path: String
  private let lock: FileLock

  /// Creates the directory when it is missing, readable by its owner only, and locks it.
  init(path: String, logger: Logger) throws(StartFailure) {
    let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
    self.path = url.path(percentEncoded: false)
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .io("\(path) cannot be created: \(error.localizedDescription)")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: self.path)
    if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
      logger.warning(
        "others can look into the data directory; chmod 700 would prevent it",
        metadata: ["directory": "\(self.path)"])
    }
    lock = try FileLock(path: self.path + "/lock", of: "the data in \(self.path)")
  }

  /// Who may do everything besides root: the user who first started a daemon here.
  ///
  /// Kept in a file beside the log, so that a later start by another user changes nothing.
  func founder(configured: UInt32?) throws(StartFailure) -> UInt32 {
    if let configured { return configured }
    let file = path + "/founder"
    if let text = try? String(contentsOfFile: file, encoding: .utf8) {
      guard let uid = UInt32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
        throw .io("\(file) should hold a user's number, but holds “\(text)”")
      }
      return uid
    }
    let uid = getuid()
    do {
      try Data("\(uid)\n".utf8).write(to: URL(filePath: file), options: .atomic)
    } catch {
      throw .io("\(file) cannot be written: \(error.localizedDescription)")
    }
    return uid
  }
}
