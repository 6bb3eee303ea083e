package import Foundation

/// Standard vectors and real data, which lie beside the repository and are no part of it.
package enum Vectors {
  /// The root of this repository.
  package static let repository = URL(filePath: #filePath).appending(path: "../../..").standardized

  /// `TAGLEDGER_DATA`, else `../shared/data` of the repository.
  package static let directory: URL = {
    if let path = ProcessInfo.processInfo.environment["TAGLEDGER_DATA"] {
      return URL(filePath: path, directoryHint: .isDirectory)
    }
    return repository.appending(path: "../shared/data").standardized
  }()

  /// Whether a folder is there; tests that need it are skipped, saying so, when it is not.
  package static func has(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appending(path: folder).path())
  }

  package static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: directory.appending(path: path)))
  }

  package static func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }
}
