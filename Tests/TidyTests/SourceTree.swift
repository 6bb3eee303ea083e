import Foundation

/// The project as files, found from where this source lies.
enum SourceTree {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Folders that are made, not written.
  private static let made: Set = [".build", ".git", "var", "node_modules"]

  /// The paths, relative to the root, of all files under a folder; links are not followed.
  static func files(under folder: String = "", suffix: String = "") -> [String] {
    let base = folder.isEmpty ? root : root.appending(path: folder)
    guard
      let walk = FileManager.default.enumerator(
        at: base, includingPropertiesForKeys: [.isRegularFileKey])
    else { return [] }
    var found: [String] = []
    for case let url as URL in walk {
      if made.contains(url.lastPathComponent) || url.lastPathComponent.hasPrefix(".build") {
        walk.skipDescendants()
        continue
      }
      let isFile = (try? url.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile
      guard isFile == true, url.path.hasSuffix(suffix) else { continue }
      found.append(String(url.path.dropFirst(root.path.count + 1)))
    }
    return found.sorted()
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  static func lines(_ path: String) throws -> [Substring] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false)
  }
}
