import APITypes
import ArgumentParser
import Client

struct SegmentCreate: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Keep a filter as a segment.",
    discussion: """
        tagledger segment create "Every morning first" 'any of (tag:"Complaint-Open", tag:"Urgent")' \
      --daily --at 08:00 --role agent
      """)

  @Argument(help: "Its name.")
  var name: String

  @Argument(help: "The filter.")
  var filter: String

  @Option(help: ArgumentHelp("What it is there for.", valueName: "text"))
  var purpose: String?

  @Option(help: ArgumentHelp("Who answers for it, by id; you, if nobody.", valueName: "operator"))
  var owner: Int32?

  @OptionGroup var routine: RoutineOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = SegmentDraft(
      name: name, purpose: purpose, owner: owner, filter: filter, routine: routine.draft,
      reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentReceipt = try await session.client.send(.post, Paths.segments, draft)
    try session.report(receipt, ids: [String(receipt.segment.id)]) {
      session.words.segmentCreated(receipt.segment)
    }
  }
}

struct SegmentRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "Change a segment: its filter, its routine, what is said of it.",
    discussion: "An empty text clears: --purpose \"\".")

  @Argument(help: "Name or id.")
  var segment: String

  @Option(help: ArgumentHelp("Another name.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("Another filter.", valueName: "filter"))
  var filter: String?

  @Option(help: ArgumentHelp("What it is there for.", valueName: "text"))
  var purpose: String?

  @Option(help: ArgumentHelp("Who answers for it, by id.", valueName: "operator"))
  var owner: Int32?

  @OptionGroup var routine: RoutineOptions

  @Flag(help: "No routine any more.")
  var noRoutine = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if noRoutine, routine.draft != nil {
      throw ValidationError("--no-routine excludes --daily, --weekday and --days.")
    }
  }

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.segment(segment)
    let draft = SegmentDraft(
      name: name, purpose: purpose, owner: owner, filter: filter, routine: routine.draft,
      clearsRoutine: noRoutine, reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentReceipt = try await session.client.send(
      .patch, Paths.segment(found.id), draft)
    try session.report(receipt, ids: [String(found.id)]) {
      session.words.segmentRevised(receipt.segment.name)
    }
  }
}

struct SegmentRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a segment; undo brings it back.", aliases: ["rm"])

  @Argument(help: "Name or id.")
  var segment: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.segment(segment)
    let receipt: SegmentReceipt = try await session.client.delete(
      Paths.segment(found.id), change)
    try session.report(receipt, ids: [String(found.id)]) {
      session.words.segmentRemoved(found.name)
    }
  }
}

struct SegmentReady: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ready", abstract: "Create the guide's segments with their routines.",
    discussion: """
      Complaints and what is urgent every morning, what was received a week ago every Monday, the \
      regular customers every 60 days. Left out are those whose name is taken, and those that ask for \
      a tag that is not there: tag starter creates these.
      """)

  @Argument(help: "pt, fr or en.", completion: .list(["pt", "fr", "en"]))
  var language: String

  @Option(help: ArgumentHelp("The time of day at which they fall due.", valueName: "08:00"))
  var at: String?

  @Option(help: ArgumentHelp("The time zone; the shop's, if none.", valueName: "name"))
  var zone: String?

  @Option(help: ArgumentHelp("The role whose work they are.", valueName: "role"))
  var role: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = ReadySegmentsDraft(
      time: at, zone: zone, role: role, reason: change.reason, dryRun: change.dryRunField)
    let receipt: SegmentsReceipt = try await session.client.send(
      .post, Paths.readySegments(language), draft)
    try session.report(receipt, ids: receipt.segments.map { String($0.id) }) {
      session.words.segmentsReady(receipt.segments.map(\.name), skipped: receipt.skipped)
    }
  }
}
