import Domain
import Foundation
import Ledger
import Spreadsheet
import Testing

/// Real files that lie beside the repository; where they are absent, the tests say so and are skipped.
enum RealData {
  static let folder =
    ProcessInfo.processInfo.environment["TAGLEDGER_DATA"]
    ?? FileManager.default.currentDirectoryPath + "/../shared/data"

  static func has(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + path)
  }

  static func rows(_ path: String) throws -> [[String]] {
    var reader = SpreadsheetReader(dialect: .comma)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))
    return (reader.feed(data) + reader.finish()).map(\.fields)
  }
}

@Suite struct RealDataTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  @Test(
    .enabled(
      if: RealData.has("label-history/gui_label_events.csv"),
      "skipped: the label history does not lie beside the repository"))
  func `a label history replays to the labels its tracker shows`() async throws {
    var limits = Limits()
    limits.nameLength = 50
    let ledger = try await fixture.open(limits: limits)
    let url = URL(fileURLWithPath: RealData.folder + "/label-history/gui_label_events.csv")
    let data = try Data(contentsOf: url)
    var request = ImportRequest(kind: .history, file: "gui_label_events.csv")
    request.createsTags = true
    request.createsCustomers = true
    request.columns = [.time: "created_at", .action: "event"]
    let job = try await ledger.take(data, request)
    #expect(job.problem == nil)
    #expect(job.result["refused"] == nil)

    let position = ledger.state.position
    let again = try await ledger.take(data, request)
    #expect(again.result["unchanged"] == .int(1664))
    #expect(ledger.state.position == position, "the same file again changes nothing")

    // A tracker tells "bug" from "Bug"; here names that read the same are one tag, spelled as first
    // seen. Two items lost the one while they kept the other: those two cannot agree.
    let asRead = try agreement(ledger, by: { NameKey($0).text })
    #expect(asRead >= 865)
    let asSpelled = try agreement(ledger, by: { $0 })

    // The tracker renamed labels on the items, but not in its old events.
    for (key, spelling) in try presentNames() {
      guard let tag = ledger.state.tag(named: key), tag.name.text != spelling else { continue }
      try await ledger.order(.reviseTag(tag.id, TagChanges(name: spelling), revision: nil))
    }
    let renamed = try agreement(ledger, by: { $0 })
    #expect(renamed > asSpelled)
    #expect(renamed == asRead)
    print(
      "~ label history: of 878 items agree \(asSpelled) as first spelled, \(asRead) where names "
        + "that read the same are one, \(renamed) to the letter after renaming")
    try await ledger.take(data, request)
    #expect(try agreement(ledger, by: { $0 }) == renamed, "and again after renaming")
    await ledger.close()
  }

  /// Compares the tags of each item with the labels that the tracker reports at the end.
  private func agreement(_ ledger: Ledger, by name: (String) -> String) throws -> Int {
    let state = ledger.state
    return try finalLabels().count { item, labels in
      let tags = ledger.customer(ref: item).map { state.tags(of: $0) } ?? []
      return Set(tags.map { name(state.tag($0)!.name.text) }) == Set(labels.map(name))
    }
  }

  /// How the tracker spells each label at the end.
  private func presentNames() throws -> [NameKey: String] {
    Dictionary(
      try finalLabels().flatMap(\.labels).map { (NameKey($0), $0) }, uniquingKeysWith: { $1 })
  }

  private func finalLabels() throws -> [(item: String, labels: [String])] {
    try RealData.rows("label-history/gui_final_labels.csv").dropFirst().map { row in
      (row[0], try JSON(parsing: row[3]).array?.compactMap(\.string) ?? [])
    }
  }
}
