import Foundation
import Logging

/// The one place on disk that a daemon owns. The ledger locks it; here it is made.
enum DataDirectory {
  /// Creates the directory when it is missing, readable by its owner only; returns its full path.
  static func prepare(_ path: String, logger: Logger) throws(StartFailure) -> String {
    let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
    let full = url.path(percentEncoded: false)
    let directory = full.count > 1 && full.hasSuffix("/") ? String(full.dropLast()) : full
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .io("\(path) cannot be created: \(error.localizedDescription)")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
    if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
      logger.warning(
        "others can look into the data directory; chmod 700 would prevent it",
        metadata: ["directory": "\(directory)"])
    }
    return directory
  }
}
