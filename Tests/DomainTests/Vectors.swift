import Foundation

/// Standard vectors and real data, which lie beside the repository and are no part of it.
enum Vectors {
  static let directory: URL = {
    if let path = ProcessInfo.processInfo.environment["TAGLEDGER_DATA"] {
      return URL(filePath: path, directoryHint: .isDirectory)
    }
    return URL(filePath: #filePath).appending(path: "../../../../shared/data").standardized
  }()

  /// Whether a folder is there; tests that need it are skipped, saying so, when it is not.
  static func has(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appending(path: folder).path())
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: directory.appending(path: path)))
  }

  static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// The names of a folder's files, in order; empty when the folder is not there.
  static func files(_ folder: String) -> [String] {
    let path = directory.appending(path: folder).path()
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}
