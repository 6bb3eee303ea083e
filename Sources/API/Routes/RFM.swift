import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Recency, frequency and money of all customers, and the groups they fall into (A20).
extension API {
  static let rfmRoutes = [
    Route(.get, "/v1/rfm", needs: .segmentsRead) { try await $0.showRFM($1) },
    Route(.patch, "/v1/rfm", needs: .segmentsWrite) { try await $0.configureRFM($1) },
    Route(.get, "/v1/rfm/customers", needs: .customersRead) { try await $0.listRFM($1) },
  ]

  // MARK: Reading

  private func showRFM(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of", "at"])
    let sight = try await sight(exchange, query)
    let at = try query.time("at") ?? moment(of: sight)
    return try Response(
      json: document(sight.state, at, exchange.language), asOf: sight.past
    ).tagged(sight.state.rfm.revision)
  }

  private func listRFM(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    let filters = ["group", "at", "as_of"]
    try query.only(Paging.names.union(filters))
    let paging = try Paging(query, of: .rfmCustomers, most: pageLimit, filter: filters)
    let sight = try await sight(exchange, query)
    let state = sight.state
    let at = try query.time("at") ?? moment(of: sight)
    let wanted = try query["group"].map { try place(ofGroup: $0, state) }
    let table = state.rfmTable(at: at)
    var found: [Int] = []
    for index in table.customers.indices
    where Int64(table.customers[index].rawValue) > paging.after ?? 0 {
      if let wanted, Int(table.groups[index]) != wanted { continue }
      found.append(index)
      if found.count > paging.limit { break }
    }
    let page = found.prefix(paging.limit)
    let names = try await names(
      of: page.map { table.customers[$0] }, sight.past, by: exchange.caller)
    return try exchange.answer(
      List(
        items: page.map { index in
          let (customer, scores) = (table.customers[index], table.scores[index])
          let group = Int(table.groups[index])
          return RFMCustomer(
            customer: Reference(id: customer.rawValue, name: names[customer]),
            recencyDays: table.recency[index], frequency: table.frequency[index],
            monetary: table.monetary[index], r: Int(scores.recency), f: Int(scores.frequency),
            m: Int(scores.monetary), group: group < 0 ? nil : table.settings.groups[group].key)
        },
        next: found.count > page.count
          ? paging.cursor(Int64(table.customers[page.last!].rawValue)) : nil,
        position: state.position, past: sight.past))
  }

  private func place(ofGroup text: String, _ state: State) throws -> Int {
    let groups = state.rfm.settings.groups
    guard let group = state.rfmGroup(named: text),
      let place = groups.firstIndex(where: { $0.key == group.key })
    else { throw Problem.rfmGroupNotFound(text, known: groups.map(\.key)) }
    return place
  }

  private func document(_ state: State, _ at: Timestamp, _ language: Language) -> RFMDocument {
    let table = state.rfmTable(at: at)
    let settings = table.settings
    var shown = RFMDocument(
      revision: state.rfm.revision, levels: settings.levels, ties: nil, thresholds: nil,
      windowDays: settings.windowDays, grouping: settings.grouping.rawValue, at: at.text,
      customers: table.customers.count,
      breaks: RFMBreaksDocument(
        recency: table.breaks.recency.texts, frequency: table.breaks.frequency.texts,
        monetary: table.breaks.monetary.texts),
      distribution: RFMDistribution(
        recency: table.counts(\.recency), frequency: table.counts(\.frequency),
        monetary: table.counts(\.monetary)), groups: [], ungrouped: 0)
    switch settings.scale {
    case .quantiles(let ties): shown.ties = ties.rawValue
    case .thresholds(let thresholds):
      shown.thresholds = RFMThresholdsDocument(
        recency: thresholds.recency, frequency: thresholds.frequency,
        monetary: thresholds.monetary)
    }
    var customers = Array(repeating: 0, count: settings.groups.count)
    var spent = Array(repeating: Int64(0), count: settings.groups.count)
    for (index, group) in table.groups.enumerated() {
      guard group >= 0 else {
        shown.ungrouped += 1
        continue
      }
      customers[Int(group)] += 1
      spent[Int(group)] &+= table.monetary[index]
    }
    shown.groups = settings.groups.enumerated().map { index, group in
      RFMGroupDocument(group, customers[index], spent[index], language)
    }
    return shown
  }

  // MARK: Changing

  private func configureRFM(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only([
      "levels", "ties", "thresholds", "window_days", "grouping", "groups", "reason", "dry_run",
    ])
    let settings = try settings(body, changing: ledger.state.rfm.settings)
    let receipt = try await submit(
      .segment(.configureRFM(settings, revision: try exchange.expectedRevision())), exchange, body)
    let state = receipt.preview ?? ledger.state
    return try Response(
      json: RFMReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        rfm: document(state, ledger.clock, exchange.language))
    ).tagged(state.rfm.revision)
  }

  private func settings(_ body: Fields, changing old: RFMSettings) throws -> RFMSettings {
    let levels = try body.integer("levels").map { Int(clamping: $0) } ?? old.levels
    guard RFMSettings.levelRange.contains(levels) else {
      throw Problem.rfmUnusable(field: "levels", expected: "3, 4, 5")
    }
    let grouping = try choice(body, "grouping", RFMSettings.Grouping.self) ?? old.grouping
    var window = old.windowDays
    if let days = try body.integer("window_days") { window = days == 0 ? nil : Int(clamping: days) }
    var groups = levels == old.levels && grouping == old.grouping ? old.groups : nil
    if let given = try body.objects("groups") { groups = try given.map { try group($0) } }
    return RFMSettings(
      levels: levels, scale: try scale(body) ?? old.scale, windowDays: window, grouping: grouping,
      groups: groups)
  }

  private func scale(_ body: Fields) throws -> RFMSettings.Scale? {
    if let fields = try body.object("thresholds") {
      try fields.only(["recency", "frequency", "monetary"])
      func list(_ name: String) throws -> [Int64] {
        guard let values = try fields.seqs(name) else {
          throw Problem.rfmUnusable(field: "thresholds.\(name)", expected: "[30, 90, …]")
        }
        return values
      }
      return .thresholds(
        RFMThresholds(
          recency: try list("recency"), frequency: try list("frequency"),
          monetary: try list("monetary")))
    }
    return try choice(body, "ties", Breaks.Ties.self).map { .quantiles($0) }
  }

  private func group(_ fields: Fields) throws -> RFMGroup {
    try fields.only(["key", "name", "strategy", "recency", "frequency", "monetary", "sum"])
    func range(_ name: String) throws -> ClosedRange<Int> {
      guard let ends = try fields.seqs(name), ends.count == 2, ends[0] <= ends[1] else {
        throw Problem.rfmUnusable(field: "groups.\(name)", expected: "[1, 5]")
      }
      return Int(clamping: ends[0])...Int(clamping: ends[1])
    }
    return RFMGroup(
      key: try fields.requiredText("key"), name: try fields.filledText("name"),
      strategy: try fields.filledText("strategy"),
      scores: fields.has("sum")
        ? .sum(try range("sum"))
        : .combination(
          recency: try range("recency"), frequency: try range("frequency"),
          monetary: try range("monetary")))
  }

  private func choice<Choice: RawRepresentable & CaseIterable>(
    _ body: Fields, _ name: String, _ type: Choice.Type
  ) throws -> Choice? where Choice.RawValue == String {
    guard let text = try body.filledText(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw Problem.rfmUnusable(
        field: name, expected: .written(Choice.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    return choice
  }
}

extension RFMGroupDocument {
  init(_ group: RFMGroup, _ customers: Int, _ spent: Int64, _ language: Language) {
    func ends(_ range: ClosedRange<Int>) -> [Int] { [range.lowerBound, range.upperBound] }
    self.init(
      key: group.key, name: RFMWords.name(of: group, in: language.rawValue),
      strategy: RFMWords.strategy(of: group, in: language.rawValue), recency: nil,
      frequency: nil, monetary: nil, sum: nil, customers: customers, spent: spent)
    switch group.scores {
    case .sum(let range): sum = ends(range)
    case .combination(let r, let f, let m):
      recency = ends(r)
      frequency = ends(f)
      monetary = ends(m)
    }
  }
}

extension RFMTable {
  /// How many have each score, from 1 on.
  fileprivate func counts(_ score: KeyPath<RFMScores, UInt8>) -> [Int] {
    var counts = Array(repeating: 0, count: settings.levels)
    for scores in scores { counts[Int(scores[keyPath: score]) - 1] += 1 }
    return counts
  }
}

extension Breaks {
  /// Decimal numbers, exact up to six digits behind the point, and then cut off.
  fileprivate var texts: [String] {
    scaled.map { value in
      let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: scale.magnitude)
      let sign = value < 0 ? "-" : ""
      guard rest != 0 else { return "\(sign)\(whole)" }
      var digits = "\(rest * 1_000_000 / scale.magnitude)"
      digits = String(repeating: "0", count: 6 - digits.count) + digits
      while digits.hasSuffix("0") { digits.removeLast() }
      return "\(sign)\(whole).\(digits)"
    }
  }
}

extension RFMDocument: Writable {}
extension RFMReceipt: Writable {}

extension RFMCustomer: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = [
    "customer", "customer_name", "recency_days", "frequency", "monetary", "r", "f", "m", "group",
  ]

  var cells: [String] {
    [
      "\(customer.id)", customer.name ?? "", "\(recencyDays)", "\(frequency)", "\(monetary)",
      "\(r)", "\(f)", "\(m)", group ?? "",
    ]
  }
}
