import Domain
import EventLog
import Foundation

/// The files of webhooks in a backup, whose parts have no folders: `webhooks/1.json` of the data directory
/// is `webhooks-1.json` there. A format.
enum WebhookParts {
  /// What belongs to the log part, and what to that of the keys.
  enum Part {
    /// How far each has been told, and its dead letters.
    case progress
    case secrets

    fileprivate func holds(_ name: String) -> Bool {
      switch self {
      case .progress: name.hasSuffix(".json")
      case .secrets: name.hasSuffix(".secret")
      }
    }
  }

  private static let folder = "webhooks"
  private static let prefix = folder + "-"

  /// Copies from a data directory into a part of a backup.
  static func copy(
    from directory: String, _ part: Part, to target: String
  ) throws(Problem) {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: directory + "/" + folder)) ?? []
    for name in names.sorted() where part.holds(name) {
      do throws(Problem) {
        try Files.copy("\(directory)/\(folder)/\(name)", to: "\(target)/\(prefix)\(name)")
      } catch {
        // Its webhook has been removed meanwhile.
        if FileManager.default.fileExists(atPath: "\(directory)/\(folder)/\(name)") { throw error }
      }
    }
  }

  /// Where a file of a backup lies in the data directory; the same name for what is not a webhook's.
  static func place(of name: String) -> String {
    name.hasPrefix(prefix) ? "\(folder)/\(name.dropFirst(prefix.count))" : name
  }

  /// Makes the folder where one of the files belongs into it.
  static func prepare(_ directory: String, for names: [String]) throws(Problem) {
    guard names.contains(where: { $0.hasPrefix(prefix) }),
      !FileManager.default.fileExists(atPath: directory + "/" + folder)
    else { return }
    try Files.makeDirectory(directory + "/" + folder)
  }

  /// Makes the names in the folder durable, where it is there.
  static func sync(_ directory: String) throws(Problem) {
    let path = directory + "/" + folder
    if FileManager.default.fileExists(atPath: path) { try Directory.sync(path) }
  }
}
