import APITypes
import ArgumentParser
import Client

struct NoticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notice",
    abstract: "Read what others have changed that concerns you.",
    discussion: """
      A change to a criterion, a set, a role, a rule, a segment, and a merge, an archiving or a \
      deletion makes a notice for those who may apply the tag or hold the role; of a rule, also for \
      those who write rules. Who has read it is known.
      """,
    subcommands: [NoticeList.self, NoticeShow.self, NoticeAck.self],
    aliases: ["notices"])
}

struct NoticeList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List what you have not read yet.", aliases: ["ls"])

  @Flag(help: "Also what has been read.")
  var read = false

  @Option(
    name: .customLong("operator"),
    help: ArgumentHelp("The notices of somebody else, by id; needs team:read.", valueName: "id"))
  var holder: Int32?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.list(
      noticeColumns(session.words), limit: limits.limit(default: 50)
    ) { limit, cursor in
      Paths.query(
        Paths.notices,
        [
          "limit": String(limit), "cursor": cursor, "unread": read ? nil : "true",
          "operator": holder.map(String.init),
        ])
    }
  }
}

struct NoticeShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one notice: who has read it, and who has not.")

  @Argument(help: "The number of the event.")
  var seq: Int64

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let notice: NoticeDocument = try await session.client.get(Paths.notice(seq))
    session.show(notice, noticeColumns(session.words)) { session.words.told(notice) }
  }
}

struct NoticeAck: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Say that you have read notices.")

  @Argument(help: "The numbers of the events.")
  var seqs: [Int64] = []

  @Flag(help: "All there are.")
  var all = false

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard all != !seqs.isEmpty else {
      throw ValidationError("Give the numbers of notices, or --all.")
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = AcknowledgeDraft(notices: all ? nil : seqs)
    if all {
      // Only what there is to be seen now: what comes meanwhile has not been read.
      let status: Status = try await session.client.get(Paths.status)
      draft.through = status.position
    }
    let receipt: NoticeReceipt = try await session.client.send(
      .post, Paths.noticesAcknowledge, draft)
    try session.report(receipt, ids: seqs.map(String.init)) {
      session.words.acknowledged(receipt.acknowledged)
    }
  }
}
