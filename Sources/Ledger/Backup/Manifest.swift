package import Domain
import Foundation
package import Proof

/// What a part of a backup holds: the log part or the keys part. `manifest.json`; a format.
package struct Manifest: Hashable, Sendable {
  package static let name = "manifest.json"
  private static let title = "tagledger backup 1"

  package enum Part: String, Sendable {
    case log
    case keys
  }

  package let part: Part
  /// The name the ledger began with.
  package let origin: String
  /// Of the log: events, and the root over them.
  package let head: TreeHead
  package let made: Timestamp
  /// SHA-256 in hex, by the name of each file.
  package let files: [String: String]

  init(
    part: Part, origin: String, head: TreeHead, made: Timestamp, files: [String: String]
  ) {
    self.part = part
    self.origin = origin
    self.head = head
    self.made = made
    self.files = files
  }

  /// Reads the manifest of a directory.
  ///
  /// - Throws: `backupUnusable` where there is none, or it does not read.
  init(directory: String, part: Part) throws(Problem) {
    let path = directory + "/" + Self.name
    guard let data = FileManager.default.contents(atPath: path),
      let json = try? JSON(parsing: Array(data)), json["format"]?.string == Self.title,
      json["part"]?.string == part.rawValue, let origin = json["origin"]?.string,
      let size = json["size"]?.int, let root = json["root"]?.string.flatMap({ TreeHash(hex: $0) }),
      let made = json["made"]?.string.flatMap({ try? Timestamp(parsing: $0) }),
      case .object(let files)? = json["files"]
    else { throw .backupUnusable("\(path) is not the manifest of a backup's \(part.rawValue)") }
    self.init(
      part: part, origin: origin, head: TreeHead(size: size, root: root), made: made,
      files: files.compactMapValues(\.string))
  }

  func write(to directory: String) throws(Problem) {
    let json: JSON = .object([
      "format": .string(Self.title), "part": .string(part.rawValue), "origin": .string(origin),
      "size": .int(head.size), "root": .string(head.root.hex), "made": .string(made.text),
      "files": .object(files.mapValues(JSON.string)),
    ])
    try Files.write(Array((json.canonical + "\n").utf8), to: directory + "/" + Self.name)
  }

  /// Hashes every file of the directory again.
  ///
  /// - Throws: `backupUnusable`, naming the first that differs.
  func check(_ directory: String) throws(Problem) {
    for (name, hash) in files.sorted(by: { $0.key < $1.key }) {
      guard !name.contains("/"), try Files.hash(directory + "/" + name) == hash else {
        throw .backupUnusable("\(directory)/\(name) is not what the manifest says")
      }
    }
  }
}
