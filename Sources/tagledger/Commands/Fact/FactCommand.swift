import APITypes
import ArgumentParser
import Client
import Glibc

struct FactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fact",
    abstract: "Record what customers do, and look at it.",
    subcommands: [FactList.self, FactAdd.self, FactSend.self],
    aliases: ["facts"])
}

struct FactList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what a customer has done, the newest record first.",
    aliases: ["ls"])

  @Argument(help: "Id, phone or name.")
  var customer: String

  @Option(help: ArgumentHelp("Only of this type, as order.placed.", valueName: "type"))
  var type: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let id = try await session.finder.customer(customer).id
    let account: AccountDocument = try await session.client.get(Paths.account)
    try await session.list(
      factColumns(session.words, account), limit: limits.limit(default: 50)
    ) { limit, cursor in
      Paths.query(
        Paths.customerFacts(id), ["type": type, "limit": String(limit), "cursor": cursor])
    }
  }
}

struct FactAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Record one thing that a customer has done.",
    discussion: """
      The type is one of message.received, message.sent, broadcast.received, broadcast.answered, \
      enquiry.made, complaint.opened, complaint.resolved, urgency.raised, urgency.settled; of \
      orders there is “order”. What has the same id is the same fact, and changes nothing.

        tagledger fact add message.received Ana --id wamid.7
        tagledger fact add enquiry.made 12 --id q1 --category Sofás
        tagledger fact add broadcast.answered 12 --broadcast natal-2026
      """)

  @Argument(help: "The type.")
  var type: String

  @Argument(help: "Id, phone or name.")
  var customer: String

  @Option(help: ArgumentHelp("Its id in the system it comes from.", valueName: "text"))
  var id: String?

  @Option(help: ArgumentHelp("Of the product enquired about.", valueName: "name"))
  var category: String?

  @Option(help: ArgumentHelp("The product or model.", valueName: "name"))
  var product: String?

  @Option(help: ArgumentHelp("The broadcast's name.", valueName: "name"))
  var broadcast: String?

  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = FactBody(type, customer: try await session.finder.customer(customer).id)
    draft.id = id
    draft.category = category
    draft.product = product
    draft.broadcast = broadcast
    try await session.record(draft, when, change)
  }
}

struct FactSend: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Record facts from a file with one JSON object a line.",
    discussion: """
      As POST /v1/facts takes them; what is refused is told by line, the rest goes in, and the exit \
      code is 1 then. Sending the same file again changes nothing.
      """)

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String

  @Flag(help: "Register customers that are not there yet.")
  var createCustomers = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let target = Paths.query(
      Paths.facts,
      [
        "create_customers": createCustomers ? "true" : nil, "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil,
      ])
    let request = Request(
      .post, target,
      headers: [("Accept", MediaType.json), ("Content-Type", MediaType.ndjson)],
      body: .file(FileUpload(path: file)))
    let receipt: FactsReceipt = try Client.decode(
      try await session.client.sendOnce(request).1)
    let taken = session.words.factsTaken(receipt)
    try session.report(receipt, ids: [], unchanged: receipt.superseded > 0 ? taken : nil) { taken }
    for refusal in receipt.refusals where session.format == .text {
      session.remark("\(refusal.line): \(refusal.detail) [\(refusal.code)]")
    }
    if receipt.refused > 0 { throw Failure.rowsRefused }
  }
}

/// When a fact happened.
struct FactOptions: ParsableArguments {
  @Option(help: ArgumentHelp("When it happened; now unless given.", valueName: "time"))
  var at: String?
}

extension Session {
  /// Records one fact and says what came of it.
  func record(
    _ draft: FactBody, _ when: FactOptions, _ change: ChangeOptions
  ) async throws {
    var draft = draft
    draft.occurred = try when.at.map { text in
      let date = HumanDate(now: LocalTime(seconds: Glibc.time(nil)), language: words.language)
      guard let time = date.read(text, .start) else { throw Failure.dateUnreadable(text) }
      return time.rfc3339
    }
    let target = Paths.query(
      Paths.facts, ["reason": change.reason, "dry_run": change.dryRun ? "true" : nil])
    let receipt: FactsReceipt = try await client.send(.post, target, draft)
    let taken = words.factsTaken(receipt)
    try report(
      receipt, ids: [], warnings: receipt.warnings ?? [],
      unchanged: receipt.superseded > 0 ? taken : nil
    ) { taken }
  }
}
