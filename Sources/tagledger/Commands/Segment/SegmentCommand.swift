import APITypes
import ArgumentParser
import Client

struct SegmentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Filters that are kept, with a purpose, an owner and a routine.",
    subcommands: [
      SegmentList.self, SegmentShow.self, SegmentCreate.self, SegmentRevise.self,
      SegmentRemove.self, SegmentMembers.self, SegmentReady.self,
    ],
    aliases: ["segments"])
}

/// When the list of a segment falls due, and whose work it is.
struct RoutineOptions: ParsableArguments {
  @Flag(help: "A list every day.")
  var daily = false

  @Option(
    name: .customLong("weekday"), parsing: .upToNextOption,
    help: ArgumentHelp("A list on these weekdays: mon tue wed thu fri sat sun.", valueName: "day"))
  var weekdays: [String] = []

  @Option(help: ArgumentHelp("A list every so many days.", valueName: "number"))
  var days: Int?

  @Option(
    help: ArgumentHelp("The day from which they are counted; today, if none.", valueName: "date"))
  var from: String?

  @Option(help: ArgumentHelp("The time of day at which it falls due.", valueName: "08:00"))
  var at: String = "08:00"

  @Option(help: ArgumentHelp("The time zone; the shop's, if none.", valueName: "name"))
  var zone: String?

  @Option(help: ArgumentHelp("The role whose work it is.", valueName: "role"))
  var role: String?

  func validate() throws {
    let given = [daily, !weekdays.isEmpty, days != nil].filter { $0 }.count
    if given > 1 { throw ValidationError("--daily, --weekday and --days exclude each other.") }
    if given == 0, from != nil || zone != nil || role != nil {
      throw ValidationError("Say how often: --daily, --weekday or --days.")
    }
  }

  /// Nil where no routine is asked for.
  var draft: RoutineDraft? {
    guard daily || !weekdays.isEmpty || days != nil else { return nil }
    let listed = weekdays.flatMap { $0.split(separator: ",").map(String.init) }
    return RoutineDraft(
      weekdays: listed.isEmpty ? nil : listed, days: days, from: from, time: at, zone: zone,
      role: role)
  }
}

extension Finder {
  /// Finds a segment by id or name.
  func segment(_ text: String) async throws -> SegmentDocument {
    let found = try await one(
      .segment, text, id: { try await segment(path: String($0)) },
      name: { text in
        let page: Page<SegmentDocument> = try await client.get(
          Paths.query(Paths.segments, ["name": text, "limit": "1", "as_of": asOf]))
        return page.items.first
      })
    if let found { return found }
    // The daemon says what is wrong with a name that nothing has.
    return try await segment(path: Paths.segment(text))
  }

  private func segment(path: String) async throws -> SegmentDocument {
    try await client.get(Paths.query("\(Paths.segments)/\(path)", ["as_of": asOf]))
  }
}
