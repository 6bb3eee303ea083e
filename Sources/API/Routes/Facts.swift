import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore

/// What customers do comes in here, one by one or as a stream (C2–C4).
extension API {
  static let factRoutes = [
    Route(.post, "/v1/facts", needs: .factsWrite, streams: true) { try await $0.takeFacts($1) },
    Route(.get, "/v1/customers/{id}/facts", needs: .customersRead) { try await $0.listFacts($1) },
  ]

  // MARK: Taking

  private func takeFacts(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["create_customers", "default_region", "reason", "dry_run"])
    let reader = try FactReader(
      ledger, in: read(exchange), region: query["default_region"] ?? "BR")
    let intake = FactTaking(
      api: self, exchange: exchange, reader: reader,
      policy: FactPolicy(createsCustomers: try query.flag("create_customers")),
      reason: query["reason"], dryRun: try query.flag("dry_run"))
    let type = (exchange.request.headers[.contentType] ?? MediaType.json).lowercased()
    if type.hasPrefix(MediaType.ndjson) || type.hasPrefix("application/ndjson")
      || type.hasPrefix("application/jsonl")
    {
      // Facts in a stream are known again by their ids, and the stream by nothing else.
      guard exchange.keyed == nil else {
        throw Problem.parameterUnreadable(
          name: "Idempotency-Key", value: exchange.keyed!.text,
          expected: .noKey)
      }
      return try await intake.takeStream()
    }
    guard type.hasPrefix(MediaType.json) else { throw Rejection.contentTypeUnsupported(type) }
    let body = try await exchange.bytes(upTo: exchange.limits.bulkBytes)
    let bytes = body.map { Array($0.readableBytesView) } ?? []
    var digest = exchange.digest
    digest.add(bytes)
    return try await once(exchange, digest) { try await intake.takeBody(bytes, $0) }
  }

  // MARK: Reading

  /// As they were recorded, the newest first; of whoever was merged into the customer, too.
  private func listFacts(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["type"]))
    let paging = try Paging(query, of: .facts, most: pageLimit, filter: ["type"])
    let state = read(exchange)
    let customer = try state.current(try exchange.customer())
    var filter = ChangeFilter()
    filter.anyCustomer = Set([customer] + state.mergedAway(into: customer))
    filter.types = Set(EventType.allCases.filter(\.isOfFacts))
    if let name = query.given("type") {
      guard let type = EventType(name: name), type.isOfFacts else {
        throw Problem.parameterUnreadable(
          name: "type", value: name,
          expected: .written(filter.types.map(\.name).sorted().joined(separator: ", ")))
      }
      filter.types = [type]
    }
    filter.cursor = paging.after
    filter.limit = paging.limit
    let page = try await ledger.facts(filter, by: exchange.caller)
    return try exchange.answer(
      List(
        items: try page.events.map(FactDocument.init), next: page.next.map(paging.cursor),
        position: page.position))
  }
}

/// Facts of one request on their way to the ledger.
private struct FactTaking {
  /// Facts per command: enough to share a flush, few enough that nobody else waits for long.
  private static let batch = 4000
  private static let lineLimit = 1 << 20
  private static let refusalLimit = 1000

  let api: API
  let exchange: Exchange
  let reader: FactReader
  let policy: FactPolicy
  let reason: String?
  let dryRun: Bool

  /// One fact, or an array of them.
  func takeBody(_ bytes: [UInt8], _ exchange: Exchange) async throws -> Response {
    let json: JSON
    do {
      json = try JSON(parsing: bytes)
    } catch {
      throw Rejection.jsonUnreadable(error)
    }
    var receipt = FactsReceipt(dryRun: dryRun)
    guard case .array(let elements) = json else {
      try await submit([(1, try reader.read(json))], into: &receipt, exchange, isAlone: true)
      return try Response(json: receipt)
    }
    var drafts: [(Int, Domain.FactDraft)] = []
    for (index, element) in elements.enumerated() {
      do {
        drafts.append((index + 1, try reader.read(element)))
      } catch {
        refuse(index + 1, error, in: &receipt)
      }
    }
    try await submit(drafts, into: &receipt, exchange)
    return try Response(json: sorted(receipt))
  }

  /// One fact a line, for as long as they come.
  func takeStream() async throws -> Response {
    var receipt = FactsReceipt(dryRun: dryRun)
    var rest: [UInt8] = []
    var line = 0
    var drafts: [(Int, Domain.FactDraft)] = []
    func take(_ bytes: some Collection<UInt8>) {
      line += 1
      if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
      do {
        let json: JSON
        do {
          json = try JSON(parsing: Array(bytes))
        } catch {
          throw Rejection.jsonUnreadable(error)
        }
        drafts.append((line, try reader.read(json)))
      } catch {
        refuse(line, error, in: &receipt)
      }
    }
    for try await part in exchange.request.body {
      rest.append(contentsOf: part.readableBytesView)
      var start = rest.startIndex
      while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
        take(rest[start..<end])
        start = end + 1
        if drafts.count >= Self.batch {
          try await submit(drafts, into: &receipt, exchange)
          drafts = []
        }
      }
      rest.removeSubrange(..<start)
      guard rest.count <= Self.lineLimit else {
        throw Problem.bodyTooLarge(limit: Self.lineLimit)
      }
    }
    if !rest.isEmpty { take(rest) }
    try await submit(drafts, into: &receipt, exchange)
    return try Response(json: sorted(receipt))
  }

  private func submit(
    _ drafts: [(line: Int, draft: Domain.FactDraft)], into receipt: inout FactsReceipt,
    _ exchange: Exchange, isAlone: Bool = false
  ) async throws {
    guard !drafts.isEmpty else { return }
    let done = try await api.submit(
      Order(
        .recordFacts(drafts.map(\.draft), policy), by: exchange.caller, reason: reason,
        dryRun: dryRun), exchange)
    if isAlone {
      if let refusal = done.refusals.first { throw refusal.problem }
      receipt.warnings = warnings(of: drafts[0].draft.fact, done)
    }
    receipt.command = done.command.description
    if let seqs = done.seqs {
      receipt.seq = [receipt.seq?[0] ?? seqs.lowerBound, seqs.upperBound]
    }
    receipt.unchanged += done.unchanged
    receipt.superseded += done.superseded
    receipt.customersRegistered += done.events.count { $0.type == .customerRegistered }
    receipt.recorded += done.events.count { $0.type.isOfFacts }
    for refusal in done.refusals {
      refuse(drafts[refusal.row].line, refusal.problem, in: &receipt)
    }
  }

  /// What names an order that is not known to have been placed is kept until it is, and may well be a
  /// slip of the pen (decision 18).
  private func warnings(of fact: Fact, _ done: LedgerReceipt) -> [Warning]? {
    let state = done.preview ?? api.ledger.state
    guard let order = fact.order, fact.type != .orderPlaced,
      let customer = done.events.last(where: { $0.type.isOfFacts })?.customer,
      !state.facts(of: customer).orders.contains(where: {
        $0.key == FactKey(order) && $0.placed != nil
      })
    else { return nil }
    return [Advice.ofOrder(order, in: exchange.language)]
  }

  private func refuse(_ line: Int, _ error: any Error, in receipt: inout FactsReceipt) {
    receipt.refused += 1
    guard receipt.refusals.count < Self.refusalLimit else { return }
    let page = ProblemPage(error, in: exchange.language)
    receipt.refusals.append(FactRefusal(line: line, code: page.code, detail: page.detail))
  }

  private func sorted(_ receipt: FactsReceipt) -> FactsReceipt {
    var receipt = receipt
    receipt.refusals.sort { $0.line < $1.line }
    return receipt
  }
}

extension FactsReceipt: Writable {}

extension FactDocument: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = ["seq", "type", "customer", "occurred", "at", "data"]

  var cells: [String] {
    [
      "\(seq)", type, customer.map { "\($0)" } ?? "", occurred, at,
      JSON.object(data.mapValues(JSON.init)).canonical,
    ]
  }

  init(_ event: RecordedEvent) throws {
    self.init(
      seq: event.seq, type: event.type.name, customer: event.customer?.rawValue,
      occurred: (event.occurred ?? event.at).text, at: event.at.text,
      data: (try event.parsedData().object ?? [:]).mapValues(JSONValue.init))
  }
}

extension FiguresDocument {
  /// Nil where nothing is known of the customer.
  init?(_ customer: CustomerID, in state: State, at now: Timestamp, window: Int64? = nil) {
    let facts = state.facts(of: customer)
    guard facts != CustomerFacts() else { return nil }
    let figures = CustomerFigures(of: facts, at: now, window: window)
    func percent(_ part: Int, _ whole: Int) -> Int {
      Int(Decimals.quotient(Int128(part) * 100, Int64(whole)))
    }
    self.init(
      currency: state.facts.currency,
      decimals: Currency(recorded: state.facts.currency).digits, orders: figures.orders,
      spent: figures.spent, averageOrder: figures.averageOrder,
      firstOrder: figures.firstOrder?.text, lastOrder: figures.lastOrder?.text,
      daysSinceOrder: figures.daysSinceOrder, ordersLast60Days: figures.ordersLately,
      ordersPrevious60Days: figures.ordersBefore, messagesSent: figures.sent,
      messagesAnswered: figures.answered,
      replyRate: figures.sent == 0 ? nil : percent(figures.answered, figures.sent),
      replySeconds: figures.replyTime.map { $0 / 1_000_000 },
      categories: figures.categories.map { share in
        CategoryShare(
          name: state.facts.categories[share.category] ?? "", orders: share.orders,
          share: percent(share.orders, figures.orders))
      })
  }
}
