import APITypes
import ArgumentParser
import Client

struct WorkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Work through the customers of lists that are due.",
    discussion: """
      When the routine of a segment falls due, whoever is in it then stands on its list. One takes a \
      customer, so that nobody else does, and says what came of it.
      """,
    subcommands: [
      WorkListCommand.self, WorkTake.self, WorkDone.self, WorkSkip.self, WorkReopen.self,
    ],
    defaultSubcommand: WorkListCommand.self)
}

struct WorkListCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what is due and still to be done.", aliases: ["ls"])

  @Argument(help: "Only the list of this segment, by name or id.")
  var segment: String?

  @Option(help: ArgumentHelp("Only the lists of this role.", valueName: "role"))
  var role: String?

  @Option(
    help: ArgumentHelp("Only what is open, taken, done or skipped.", valueName: "state"),
    completion: .list(["open", "taken", "done", "skipped"]))
  var state: String?

  @Flag(help: "Everything: also what is done, and the lists of others.")
  var all = false

  @OptionGroup var past: PastOptions
  @Option(
    name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditional,
    help: ArgumentHelp("At most so many.", valueName: "number"))
  var limit: Int?
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit has to be 1 or more.") }
  }

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    var id: String?
    if let segment {
      id = String(try await session.finder(asOf: seq).segment(segment).id)
    }
    try await session.list(workColumns(session.words), limit: limit) { limit, cursor in
      Paths.query(
        Paths.work,
        [
          "segment": id, "role": role, "state": state, "all": all ? "true" : nil, "as_of": seq,
          "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}

struct WorkTake: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "take", abstract: "Take customers of a list upon yourself.")

  @Argument(help: "The segment, by name or id.")
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("take", segment, customers, change)
  }
}

struct WorkDone: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Say that customers of a list have been dealt with.")

  @Argument(help: "The segment, by name or id.")
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("done", segment, customers, change)
  }
}

struct WorkSkip: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Leave customers of a list out this time; --reason says why.")

  @Argument(help: "The segment, by name or id.")
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("skip", segment, customers, change)
  }
}

struct WorkReopen: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Give back what was taken, or go back on done and skipped.")

  @Argument(help: "The segment, by name or id.")
  var segment: String

  @OptionGroup var customers: CustomerArguments
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.work("reopen", segment, customers, change)
  }
}

extension Session {
  fileprivate func work(
    _ act: String, _ segment: String, _ customers: CustomerArguments, _ change: ChangeOptions
  ) async throws {
    try refuseSheets()
    let found = try await finder.segment(segment)
    let ids = try await customers.ids(in: self)
    let draft = WorkDraft(
      segment: found.id, customers: ids, reason: change.reason, dryRun: change.dryRunField)
    let receipt: WorkReceipt = try await client.send(.post, Paths.work(act), draft)
    try report(receipt, ids: ids.map(String.init)) { words.worked(receipt) }
  }
}
