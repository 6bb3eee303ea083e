import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// What concerns others than who did it reaches them, and it is known who has read it (T2).
extension API {
  static let noticeRoutes = [
    Route(.get, "/v1/notices", access: .team) { try await $0.listNotices($1) },
    Route(.post, "/v1/notices/acknowledge", access: .team) { try await $0.acknowledge($1) },
    Route(.get, "/v1/notices/{seq}", access: .team) { try await $0.showNotice($1) },
  ]

  private func listNotices(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["operator", "unread"]))
    let paging = try Paging(query, of: .notices, most: pageLimit, filter: ["operator", "unread"])
    let state = read(exchange)
    let reader = try reader(query, exchange, state)
    let unread = try query.flag("unread")
    let found = try ledger.notices(
      for: reader, unread: unread, before: paging.after, limit: paging.limit + 1, in: state)
    let page = found.prefix(paging.limit)
    let changes = try await teller(exchange).changes(page.map(\.event))
    return try exchange.answer(
      List(
        items: zip(page, changes).map { entry, change in
          NoticeDocument(entry.notice, entry.event, change, for: reader, in: state)
        },
        next: found.count > page.count ? page.last.map { paging.cursor($0.event.seq) } : nil,
        position: state.position))
  }

  /// Whose notices are asked for; those of others are a matter of the team.
  private func reader(
    _ query: Query, _ exchange: Exchange, _ state: State
  ) throws -> OperatorID {
    let own = exchange.actor.operator
    guard let id = try query.id("operator").map({ OperatorID($0) }) else {
      // Root, who is nobody in the team, has none.
      return own ?? OperatorID(0)
    }
    if id != own { _ = try ledger.state(for: exchange.caller, .teamRead) }
    guard state.team[id] != nil else { throw Problem.operatorNotFound("\(id.rawValue)") }
    return id
  }

  private func showNotice(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let state = read(exchange)
    let seq = Int64(exchange.captures[0]) ?? 0
    let (notice, event) = try ledger.notice(seq, in: state)
    let reader = exchange.actor.operator
    let isConcerned =
      reader.map { notice.recipients.contains($0) || event.actor.operator == $0 } ?? false
    if !isConcerned { _ = try ledger.state(for: exchange.caller, .teamRead) }
    let change = try await teller(exchange).changes([event])[0]
    return try Response(
      json: NoticeDocument(notice, event, change, for: reader ?? OperatorID(0), in: state))
  }

  private func acknowledge(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["notices", "through", "dry_run"])
    guard let reader = exchange.actor.operator else {
      throw Problem.noticeNotFound(try body.integer("through") ?? 0)
    }
    var seqs = try body.seqs("notices") ?? []
    if let through = try body.integer("through") {
      guard through >= 0 else { throw Problem.noticeNotFound(through) }
      seqs += read(exchange).notices.all
        .filter { $0.seq <= through && $0.recipients.contains(reader) && !$0.isRead(by: reader) }
        .map(\.seq)
    }
    let receipt = try await submit(.acknowledge(seqs, reader), exchange, body)
    return try Response(
      json: NoticeReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        acknowledged: receipt.events.reduce(0) { $0 + ($1.data?["notices"]?.array?.count ?? 0) },
        unchanged: receipt.unchanged))
  }
}

extension NoticeDocument: Listed {
  static let columns = ["seq", "at", "type", "sentence", "reason", "read", "unread_by"]

  var cells: [String] {
    [
      "\(seq)", change.at, change.type, change.sentence, change.reason ?? "", read ?? "",
      unreadBy.map { $0.name ?? "\($0.id)" }.joined(separator: "; "),
    ]
  }

  /// Whoever did it knows of it without reading.
  init(
    _ notice: Notice, _ event: RecordedEvent, _ change: Change, for reader: OperatorID,
    in state: State
  ) {
    let others = notice.recipients.filter { $0 != event.actor.operator }
    self.init(
      seq: notice.seq, read: notice.readers[reader]?.text,
      readBy: others.compactMap { id in
        notice.readers[id].map {
          NoticeReader(id: id.rawValue, name: state.team[id]?.name, at: $0.text)
        }
      },
      unreadBy: others.filter { !notice.isRead(by: $0) }
        .map { Reference(id: $0.rawValue, name: state.team[$0]?.name) },
      change: change)
  }
}

extension NoticeReceipt: Writable {}
