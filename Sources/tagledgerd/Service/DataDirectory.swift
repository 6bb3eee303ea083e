import Foundation
import Ledger
import Logging

/// The one place on disk that a daemon owns. The ledger locks it; here it is made.
enum DataDirectory {
  /// The path from the root, without a slash at its end: names of files beside it are made from it.
  static func full(_ path: String) -> String {
    var full = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
      .path(percentEncoded: false)
    while full.count > 1, full.hasSuffix("/") { full.removeLast() }
    return full
  }

  /// Creates the directory when it is missing, readable by its owner only.
  ///
  /// - Throws: where a restore was cut short, which is to be run again before anybody is served.
  static func prepare(_ directory: String, logger: Logger) throws(StartFailure) {
    guard !Restore.isUnfinished(in: directory) else {
      throw .io(
        "a restore into \(directory) was cut short: run it again, or see “Restore” in the runbook")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw .io("\(directory) cannot be created: \(error.localizedDescription)")
    }
    let attributes = try? FileManager.default.attributesOfItem(atPath: directory)
    if let mode = attributes?[.posixPermissions] as? Int, mode & 0o077 != 0 {
      logger.warning(
        "others can look into the data directory; chmod 700 would prevent it",
        metadata: ["directory": "\(directory)"])
    }
  }
}
