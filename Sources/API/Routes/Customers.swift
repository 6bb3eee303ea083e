import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let customerRoutes = [
    Route(.get, "/v1/customers", needs: .customersRead) { try await $0.listCustomers($1) },
    Route(.post, "/v1/customers", needs: .customersWrite) { try await $0.registerCustomer($1) },
    Route(.get, "/v1/customers/{id}", needs: .customersRead) { try await $0.showCustomer($1) },
    Route(.patch, "/v1/customers/{id}", needs: .customersWrite) { try await $0.reviseCustomer($1) },
    Route(.post, "/v1/customers/{id}/erase", needs: .customersErase) {
      try await $0.eraseCustomer($1)
    },
    Route(.post, "/v1/customers/{id}/merge", needs: .customersWrite) {
      try await $0.mergeCustomer($1)
    },
    Route(.get, "/v1/customers/{id}/report", needs: .customersExport) {
      try await $0.reportCustomer($1)
    },
    Route(.get, "/v1/customers/{id}/tags", needs: .customersRead) { try await $0.listTenures($1) },
  ]

  // MARK: Reading

  private func listCustomers(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    if query.given("filter") != nil || query["sort"] != nil {
      return try await listFound(exchange, query)
    }
    let filters = ["q", "phone", "ref", "as_of"]
    try query.only(Paging.names.union(filters))
    let paging = try Paging(query, of: .customers, most: pageLimit, filter: filters)
    let finds = query["phone"] != nil || query["ref"] != nil
    let sight = try await sight(exchange, query, lookups: finds)
    var ids: [CustomerID]
    var next: Cursor?
    var position = sight.state.position
    if finds {
      ids = try found(query, sight.state).map { [$0] } ?? []
    } else {
      let page = try await listing(
        query["q"], after: paging.after.map { CustomerID(Int32(truncatingIfNeeded: $0)) },
        limit: paging.limit, sight, by: exchange.caller)
      ids = page.customers
      if page.hasMore { next = ids.last.map { paging.cursor(Int64($0.rawValue)) } }
      position = page.position
    }
    let items = try await documents(of: ids, by: exchange.caller, sight)
    return try exchange.answer(
      List(items: items, next: next, position: position, past: sight.past))
  }

  private func listing(
    _ name: String?, after customer: CustomerID?, limit: Int, _ sight: Sight, by caller: Caller
  ) async throws -> CustomerListing {
    guard sight.past != nil else {
      return try await ledger.customers(named: name, after: customer, limit: limit, by: caller)
    }
    return try await ledger.customers(
      named: name, after: customer, limit: limit, in: sight.state, by: caller)
  }

  /// Who has both the phone and the reference, of those that are asked for.
  private func found(_ query: Query, _ state: State) throws -> CustomerID? {
    let byPhone = try query["phone"].map { try ledger.customer(phone: $0, in: state) }
    let byRef = query["ref"].map { ledger.customer(ref: $0, in: state) }
    guard let byPhone, let byRef else { return byPhone ?? byRef ?? nil }
    return byPhone == byRef ? byPhone : nil
  }

  private func showCustomer(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of", "window"])
    let id = try exchange.customer()
    let window = try query.integer("window", in: 1...36_500).map { $0 * CustomerFigures.day }
    let sight = try await sight(exchange, query)
    let document = try await documents(
      of: [id], by: exchange.caller, sight, window: window)[0]
    return try Response(json: document, asOf: sight.past).tagged(document.revision)
  }

  func documents(
    of ids: [CustomerID], by caller: Caller, _ sight: Sight? = nil, window: Int64? = nil
  ) async throws -> [CustomerDocument] {
    let times = try await ledger.times(of: ids, by: caller)
    let past = sight?.past == nil ? nil : sight?.state
    let state = past ?? ledger.state
    let now = sight?.past?.at ?? ledger.moment
    return try ledger.profiles(of: ids, in: state, by: caller).map { profile in
      let id = profile.id
      var document = CustomerDocument(
        profile, in: state, registered: times[id]?.registered,
        erased: past.map { $0.isErased(id) } ?? true ? times[id]?.erased : nil)
      document.figures = FiguresDocument(id, in: state, at: now, window: window)
      return document
    }
  }

  private func listTenures(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["ended", "as_of"]))
    let paging = try Paging(query, of: .tenures, most: pageLimit, filter: ["ended", "as_of"])
    let sight = try await sight(exchange, query)
    let state = sight.state
    let customer = try state.current(try exchange.customer())
    let ended = try query.flag("ended")
    let reference = Reference(
      id: customer.rawValue,
      name: try await names(of: [customer], sight.past, by: exchange.caller)[customer])
    let found = try await ledger.tenures(
      of: [customer], through: sight.past?.seq, by: exchange.caller)[0]
      .filter { (ended || $0.until == nil) && $0.since.seq > paging.after ?? 0 }
      .sorted { ($0.since.seq, $0.tag) < ($1.since.seq, $1.tag) }
    // A merge can begin several tenures with one event; a page does not end between them.
    var page = Array(found.prefix(paging.limit))
    while page.count < found.count, found[page.count].since.seq == page.last?.since.seq {
      page.append(found[page.count])
    }
    return try exchange.answer(
      List(
        items: page.map { tenure in
          APITypes.Tenure(
            tenure,
            tag: state.tag(tenure.tag).map(Reference.init)
              ?? Reference(id: tenure.tag.rawValue, name: nil), customer: reference)
        }, next: found.count > page.count ? paging.cursor(page.last!.since.seq) : nil,
        position: state.position, past: sight.past))
  }

  // MARK: Changing

  private static let fields: Set = [
    "name", "phone", "notes", "attributes", "needs", "ref", "channel", "reason", "dry_run",
  ]

  private func registerCustomer(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let draft = try draft(body)
    let receipt = try await submit(.registerCustomer(draft), exchange, body)
    let id = receipt.events[0].customer!
    // What has just been told is known, without opening what has just been sealed.
    var document = CustomerDocument(id: id.rawValue, tags: [], revision: 1)
    document.take(draft, in: receipt.preview ?? ledger.state)
    var response = try answer(
      receipt, document, status: !receipt.isDryRun ? .created : .ok)
    if !receipt.isDryRun { response.headers[.location] = Paths.customer(id.rawValue) }
    return response
  }

  private func reviseCustomer(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let id = try ledger.state.current(try exchange.customer())
    let draft = try draft(body)
    let receipt = try await submit(
      .reviseCustomer(id, draft, revision: try exchange.expectedRevision()), exchange, body)
    var document = try await documents(of: [id], by: exchange.caller)[0]
    if let preview = receipt.preview { document.take(draft, in: preview) }
    return try answer(receipt, document)
  }

  private func draft(_ body: Fields) throws -> Domain.CustomerDraft {
    var personal: PersonalFields = [:]
    for field in [PersonalField.name, .phone, .notes, .ref] {
      personal[field] = try body.text(field.rawValue)
    }
    for field in [PersonalField.attributes, .needs] {
      // One entry a line, so that an entry itself has only one.
      personal[field] = try body.texts(field.rawValue).map { entries in
        entries.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ") }
          .filter { !$0.isEmpty }.joined(separator: "\n")
      }
    }
    return try ledger.draft(personal: personal, channel: try body.text("channel"))
  }

  private func mergeCustomer(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["into", "target_revision", "reason", "dry_run"])
    let source = try ledger.state.current(try exchange.customer())
    let target = try ledger.state.current(CustomerID(try body.id("into")))
    let receipt = try await submit(
      .mergeCustomer(source, into: target), exchange, body,
      expecting: try exchange.expecting(source)
        + (try body.integer("target_revision").map { [.customer(target, revision: $0)] } ?? []))
    let data = receipt.events.first?.data
    let state = ledger.state
    return try Response(
      json: MergeReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        source: source.rawValue, target: target.rawValue,
        moved: Int(data?["moved"]?.int ?? 0), collapsed: Int(data?["collapsed"]?.int ?? 0),
        displaced: receipt.events.count { $0.type == .tagRemoved },
        sourceRevision: state.revision(of: source), targetRevision: state.revision(of: target)))
  }

  private func answer(
    _ receipt: LedgerReceipt, _ document: CustomerDocument, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    try Response(
      status,
      json: CustomerReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        customer: document)
    ).tagged(document.revision)
  }
}
