import Domain
import Spreadsheet

/// Turns the rows of a file of orders into facts: one row an order, or one row a line of an order.
struct OrderReader: Sendable {
  let currency: Currency
  /// Whether several rows may be about one order.
  let isByLine: Bool
  private let columns: Columns
  private let region: String
  private let dates: DateCell
  /// What the numbers of cancellations and returns begin with, before a digit.
  private let returnsPrefix: String
  private let own: OwnReference
  private let lookupKey: @Sendable (PersonalField, String) -> LookupKey
  /// Whom a file names again and again, each found out once.
  private var customers: [String: RowCustomer] = [:]

  init(
    mapping: ColumnMapping, region: String, currency: Currency, options: [String: String],
    own: OwnReference, lookupKey: @escaping @Sendable (PersonalField, String) -> LookupKey
  ) {
    isByLine = !mapping.has(.amount) || mapping.has(.product) || mapping.has(.quantity)
    columns = Columns(mapping)
    self.region = region
    self.currency = currency
    dates = DateCell(order: options["dates"])
    returnsPrefix = options["returns"] ?? "C"
    self.own = own
    self.lookupKey = lookupKey
  }

  /// Where each field stands, looked up once and not for each row.
  private struct Columns {
    let order: Int?
    let time: Int?
    let id: Int?
    let ref: Int?
    let phone: Int?
    let name: Int?
    let channel: Int?
    let product: Int?
    let category: Int?
    let quantity: Int?
    let price: Int?
    let amount: Int?
    let currency: Int?
    let paid: Int?
    let shipped: Int?
    let completed: Int?
    let cancelled: Int?
    let status: Int?

    init(_ mapping: ColumnMapping) {
      order = mapping.columns[.order]
      time = mapping.columns[.time]
      id = mapping.columns[.id]
      ref = mapping.columns[.ref]
      phone = mapping.columns[.phone]
      name = mapping.columns[.name]
      channel = mapping.columns[.channel]
      product = mapping.columns[.product]
      category = mapping.columns[.category]
      quantity = mapping.columns[.quantity]
      price = mapping.columns[.price]
      amount = mapping.columns[.amount]
      currency = mapping.columns[.currency]
      paid = mapping.columns[.paid]
      shipped = mapping.columns[.shipped]
      completed = mapping.columns[.completed]
      cancelled = mapping.columns[.cancelled]
      status = mapping.columns[.status]
    }
  }

  private func cell(_ column: Int?, in cells: [String]) -> String? {
    column.flatMap { ColumnMapping.text($0, in: cells) }
  }

  /// One row, read: an order or a part of it.
  struct Part {
    let order: String
    let customer: RowCustomer
    let time: Timestamp
    /// In millionths of the currency's unit.
    let amount: Int128
    let line: FactLine?
    /// What else the row tells of the order.
    let steps: [(Fact, Timestamp)]
    let currency: String?
  }

  func order(_ cells: [String]) -> String? { cell(columns.order, in: cells) }

  /// Whether an order's number is that of a cancellation or a return.
  func isReturn(_ order: String) -> Bool {
    !returnsPrefix.isEmpty && order.hasPrefix(returnsPrefix)
      && order.dropFirst(returnsPrefix.count).first?.isNumber == true
  }

  mutating func read(_ row: CSVRow) -> OrderRows.Row {
    if let problem = row.problem {
      return OrderRows.Row(
        row: row, order: nil, part: .failure(.spreadsheetUnreadable(problem.rawValue)))
    }
    let order = order(row.fields)
    let part: Result<Part, Problem>
    do throws(Problem) {
      part = .success(try read(row.fields, order))
    } catch {
      part = .failure(error)
    }
    return OrderRows.Row(row: row, order: order.map { FactKey($0) }, part: part)
  }

  private mutating func read(_ cells: [String], _ order: String?) throws(Problem) -> Part {
    guard let order else { throw .cellMissing("order") }
    let customer = try customer(cells)
    guard let text = cell(columns.time, in: cells) else { throw .cellMissing("time") }
    let time = try dates.time(text)
    let quantity = try quantity(cells)
    let amount = try amount(cells, quantity)
    var line: FactLine?
    let (category, product) = (
      cell(columns.category, in: cells), cell(columns.product, in: cells)
    )
    if category != nil || product != nil {
      guard let units = Decimals.scaled(amount, by: currency.digits - 6),
        let minor = Int64(exactly: units)
      else { throw .amountOutOfRange(.max) }
      line = FactLine(
        category: category, product: product, quantity: quantity, amount: minor)
    }
    return Part(
      order: order, customer: customer, time: time, amount: amount, line: line,
      steps: try steps(cells, order, time), currency: cell(columns.currency, in: cells))
  }

  // MARK: Cells

  private mutating func customer(_ cells: [String]) throws(Problem) -> RowCustomer {
    if let text = cell(columns.id, in: cells) {
      guard let id = Int32(text) else { throw .customerNotFound(text) }
      return .id(CustomerID(id))
    }
    let (ref, phone) = (cell(columns.ref, in: cells), cell(columns.phone, in: cells))
    guard let name = ref ?? phone else { throw .cellMissing("customer") }
    if let known = customers[name] { return known }
    let found = try lookUp(cells, ref: ref, phone: phone)
    if customers.count < 1_000_000 { customers[name] = found }
    return found
  }

  private func lookUp(
    _ cells: [String], ref: String?, phone: String?
  ) throws(Problem) -> RowCustomer {
    if let id = ref.flatMap(own.customer) { return .id(id) }
    var personal: PersonalFields = [:]
    personal[.ref] = ref
    personal[.name] = cell(columns.name, in: cells)
    if let phone { personal[.phone] = try PhoneNumber(phone, defaultRegion: region).e164 }
    return .lookup(
      CustomerDraft(
        personal: personal, channel: cell(columns.channel, in: cells),
        lookups: Lookups(
          phone: personal[.phone].map { lookupKey(.phone, $0) },
          ref: ref.map { lookupKey(.ref, $0) })))
  }

  private func quantity(_ cells: [String]) throws(Problem) -> Int32 {
    guard let text = cell(columns.quantity, in: cells) else { return 1 }
    guard let number = Decimals(text), let units = number.units(digits: 0),
      let quantity = Int32(exactly: units)
    else {
      throw .parameterUnreadable(name: "quantity", value: text, expected: "12, -1")
    }
    return quantity
  }

  /// In millionths.
  private func amount(_ cells: [String], _ quantity: Int32) throws(Problem) -> Int128 {
    if let text = cell(columns.amount, in: cells) { return try money(text, "amount") }
    guard let text = cell(columns.price, in: cells) else { throw .cellMissing("price / amount") }
    return try money(text, "price") * Int128(quantity)
  }

  /// An amount as people write it: with a point or a comma, and perhaps with marks for thousands.
  private func money(_ text: String, _ name: String) throws(Problem) -> Int128 {
    var plain = text
    // Most have nothing to take out, and a look at bytes is soon done.
    if !text.utf8.allSatisfy({ (0x2D...0x39).contains($0) }) {
      plain.removeAll { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }
    }
    if let point = plain.utf8.lastIndex(of: UInt8(ascii: ".")),
      let comma = plain.utf8.lastIndex(of: UInt8(ascii: ","))
    {
      plain.removeAll { $0 == (point < comma ? "." : ",") }
    }
    guard let number = Decimals(plain),
      let scaled = Decimals.scaled(Int128(number.mantissa), by: 6 - number.scale)
    else {
      throw .parameterUnreadable(name: name, value: text, expected: "12.95, 1.234,50")
    }
    return scaled
  }

  private func steps(
    _ cells: [String], _ order: String, _ placed: Timestamp
  ) throws(Problem) -> [(Fact, Timestamp)] {
    var steps: [(Fact, Timestamp)] = []
    func add(_ column: Int?, _ fact: Fact) throws(Problem) {
      if let text = cell(column, in: cells) { steps.append((fact, try dates.time(text))) }
    }
    try add(columns.paid, .orderPaid(order: order))
    try add(columns.shipped, .orderShipped(order: order, tracking: nil, estimate: nil))
    try add(columns.completed, .orderCompleted(order: order))
    try add(columns.cancelled, .orderCancelled(order: order))
    if let status = cell(columns.status, in: cells), Self.isCancelled(status),
      !steps.contains(where: { $0.0.type == .orderCancelled })
    {
      steps.append((.orderCancelled(order: order), placed))
    }
    return steps
  }

  private static func isCancelled(_ status: String) -> Bool {
    ["cancel", "annul"].contains { NameKey(status).text.hasPrefix($0) }
  }
}

/// One order as its rows add up to it.
struct OrderSum {
  let customer: RowCustomer
  /// The row that is named where the order is refused.
  let row: CSVRow
  private(set) var time: Timestamp
  /// In millionths.
  private(set) var amount: Int128 = 0
  private(set) var lines: [FactLine] = []
  private(set) var steps: [(Fact, Timestamp)] = []
  private(set) var currency: String?

  init(_ part: OrderReader.Part, row: CSVRow) {
    customer = part.customer
    time = part.time
    self.row = row
    add(part)
  }

  mutating func add(_ part: OrderReader.Part) {
    time = min(time, part.time)
    amount += part.amount
    currency = currency ?? part.currency
    for step in part.steps where !steps.contains(where: { $0.0 == step.0 && $0.1 == step.1 }) {
      steps.append(step)
    }
    guard let line = part.line else { return }
    let same = lines.firstIndex {
      $0.product == line.product && $0.category == line.category
    }
    if let same {
      lines[same].quantity =
        lines[same].quantity.addingReportingOverflow(line.quantity).partialValue
      lines[same].amount += line.amount
    } else {
      lines.append(line)
    }
  }

  /// Adds the facts that it tells; a cancellation of something whose order is not named is a return.
  func tell(
    of order: String, isReturn: Bool, digits: Int, currency given: String?, rate: String?,
    to drafts: inout [FactDraft]
  ) throws(Problem) {
    guard let scaled = Decimals.scaled(amount, by: digits - 6), let minor = Int64(exactly: scaled)
    else { throw .amountOutOfRange(.max) }
    func draft(_ fact: Fact, _ time: Timestamp) -> FactDraft {
      FactDraft(fact, of: customer, occurred: time, currency: currency ?? given, rate: rate)
    }
    if isReturn, minor > 0 { throw .returnPositive(order) }
    guard !isReturn && minor >= 0 else {
      return drafts.append(draft(.orderReturned(id: order, order: nil, amount: -minor), time))
    }
    drafts.append(draft(.orderPlaced(order: order, amount: minor, lines: lines), time))
    for (fact, time) in steps { drafts.append(draft(fact, time)) }
  }
}
