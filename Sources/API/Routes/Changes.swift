import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let changeRoutes = [
    Route(.get, "/v1/changes", needs: .changesRead) { try await $0.listChanges($1) },
    Route(.get, "/v1/changes/follow", needs: .changesRead) { try await $0.followChanges($1) },
  ]

  private static let filters = [
    "actor", "tag", "customer", "type", "since", "until", "command", "words",
  ]

  private func listChanges(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    let names = Self.filters + ["order", "as_of"]
    try query.only(Paging.names.union(names))
    let paging = try Paging(query, of: .changes, most: pageLimit, filter: names)
    var filter = try await filter(query, exchange)
    filter.order = try query.choice("order", ReadingOrder.self) ?? .newest
    filter.limit = paging.limit
    filter.cursor = paging.after
    let past = try instant(exchange, query)
    filter.through = past?.seq
    let page = try await ledger.changes(filter, by: exchange.caller)
    return try exchange.answer(
      List(
        items: try await teller(exchange, past).changes(page.events),
        next: page.next.map(paging.cursor), position: page.position, past: past))
  }

  func filter(_ query: Query, _ exchange: Exchange) async throws -> ChangeFilter {
    var filter = ChangeFilter()
    if let text = query["actor"] { filter.actor = try await actor(text, exchange) }
    filter.tag = try query.id("tag").map { TagID($0) }
    filter.customer = try query.id("customer").map { CustomerID($0) }
    filter.since = try query.time("since")
    filter.until = try query.time("until")
    filter.words = (query["words"] ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
    for name in (query["type"] ?? "").split(separator: ",") {
      filter.types.formUnion(try Self.types(String(name)))
    }
    if let text = query.given("command") {
      guard let command = CommandID(text) else {
        throw Problem.parameterUnreadable(
          name: "command", value: text, expected: "0190163d-8694-739b-aea5-966c26f8ad91")
      }
      filter.command = command
    }
    return filter
  }

  /// The name in the log of an actor who is named by a person: as an operator, or as a user.
  ///
  /// Refused where nobody is: that a name with a typing error did nothing would be believed.
  private func actor(_ text: String, _ exchange: Exchange) async throws -> String {
    let team = read(exchange).team
    if let known = team.actor(text) { return known }
    var filter = ChangeFilter()
    filter.actor = UInt32(text).map { "uid:\($0)" } ?? text
    filter.limit = 1
    // Such as the daemon itself, a rule, or a user before there was a team.
    guard try await !ledger.changes(filter, by: exchange.caller).events.isEmpty else {
      throw Problem.operatorNotFound(text)
    }
    return filter.actor!
  }

  /// One type by its name, or all of a noun, such as `tag`.
  private static func types(_ name: String) throws(Problem) -> [EventType] {
    let family = EventType.matching(name)
    guard !family.isEmpty else {
      throw .parameterUnreadable(
        name: "type", value: name,
        expected: .written(EventType.allCases.map(\.name).joined(separator: ", ")))
    }
    return family
  }

  func teller(_ exchange: Exchange, _ past: Instant? = nil) -> ChangeTeller {
    ChangeTeller(
      ledger: ledger, logins: logins, caller: exchange.caller,
      seesCustomers: ledger.holds(exchange.actor, .customersRead), language: exchange.language,
      past: past)
  }

  // MARK: Following

  /// Changes per read; a reader that is behind gets them as fast as it takes them.
  private static let stride = 200

  private func followChanges(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Set(Self.filters + ["after"]))
    var filter = try await filter(query, exchange)
    filter.order = .oldest
    filter.limit = Self.stride
    let start = try exchange.lastEventID(query) ?? read(exchange).position
    let teller = teller(exchange)
    let first = filter
    return stream.response(in: exchange.language) { [ledger, stream] writer in
      var filter = first
      // How far the log has been looked through, whether or not anything in it was asked for.
      var position = start
      while true {
        filter.cursor = position
        let page = try await ledger.changes(filter, by: exchange.caller)
        var bytes: [UInt8] = []
        for change in try await teller.changes(page.events) {
          var data: [UInt8] = []
          change.write(to: &data)
          bytes += EventStream.frame(id: change.seq, event: change.type, data: data)
        }
        if !bytes.isEmpty { try await writer.send(bytes) }
        position = page.next ?? max(position, page.position)
        if page.next != nil { continue }
        guard try await stream.pause(&writer, ledger, after: position) else { return }
      }
    }
  }
}

extension EventStream {
  /// Waits until the log is longer than `position`, sending heartbeats; false when the service ends.
  @concurrent func pause(
    _ writer: inout Writer, _ ledger: Ledger, after position: Int64
  ) async throws -> Bool {
    while true {
      switch await wait(for: { await ledger.waitForEvents(after: position) }) {
      case .stop: return false
      case .quiet:
        try await writer.send(Self.heartbeatFrame)
        // Whoever follows is asked anew now and then: a token may have expired.
        return true
      case .news:
        // A busy ledger wakes a reader once for many commands.
        try await Task.sleep(for: .milliseconds(20))
        return true
      }
    }
  }
}

extension Team {
  /// The operator who is named so, by name, by user or as the log has them; any user that is named as
  /// the log has users.
  fileprivate func actor(_ text: String) -> String? {
    let digits = text.hasPrefix("uid:") ? text.dropFirst(4) : text[...]
    let marked = text.hasPrefix("operator:") ? Int32(text.dropFirst(9)) : nil
    let found =
      UInt32(digits).flatMap(holder(ofUID:)) ?? self.operator(named: text)?.id
      ?? marked.flatMap { self[OperatorID($0)]?.id }
    if let found { return "operator:\(found.rawValue)" }
    return text.hasPrefix("uid:") && UInt32(digits) != nil ? "uid:\(digits)" : nil
  }
}
