import ArgumentParser
import Foundation
import Testing

@testable import tagledger

/// Help texts as they are read; `UPDATE_SNAPSHOTS=1` writes them anew.
@Suite struct SnapshotTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")

  /// Every command with the words that lead to it.
  private static let commands: [(path: [String], type: any ParsableCommand.Type)] = walk(
    Tagledger.self, [])

  private static func walk(
    _ type: any ParsableCommand.Type, _ path: [String]
  ) -> [(path: [String], type: any ParsableCommand.Type)] {
    let path = path + [type._commandName]
    let children =
      type.configuration.subcommands
      + type.configuration.groupedSubcommands
      .flatMap(\.subcommands)
    return [(path, type)] + children.flatMap { walk($0, path) }
  }

  @Test func `every help text reads as it was approved`() throws {
    for (path, type) in Self.commands {
      let text = Tagledger.helpMessage(for: type, columns: 80) + "\n"
      try Self.compare(text, with: path.joined(separator: "-") + ".txt")
    }
  }

  @Test func `no help text is left of a command that is gone`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let expected = Self.commands.map { $0.path.joined(separator: "-") + ".txt" }
    #expect(Set(files) == Set(expected))
  }

  private static func compare(_ text: String, with name: String) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let approved = try? String(contentsOf: file, encoding: .utf8)
    #expect(approved == text, "\(name); UPDATE_SNAPSHOTS=1 writes it anew")
  }
}
