import Domain
import Spreadsheet

/// Turns the rows of a file of orders into facts: one row an order, or one row a line of an order.
struct OrderReader: Sendable {
  let currency: Currency
  /// Whether several rows may be about one order.
  let isByLine: Bool
  private let mapping: ColumnMapping
  private let columns: Columns
  private let region: String
  private var dates: DateCell
  /// What the numbers of cancellations and returns begin with, before a digit.
  private let returnsPrefix: String
  private let own: OwnReference
  private let lookupKey: @Sendable (PersonalField, String) -> LookupKey
  /// Whom a file names again and again, each found out once.
  private var customers: [String: RowCustomer] = [:]

  init(
    mapping: ColumnMapping, region: String, currency: Currency, dates: DateCell,
    options: [String: String], own: OwnReference,
    lookupKey: @escaping @Sendable (PersonalField, String) -> LookupKey
  ) {
    isByLine = !mapping.has(.amount) || mapping.has(.product) || mapping.has(.quantity)
    self.mapping = mapping
    columns = Columns(mapping)
    self.region = region
    self.currency = currency
    self.dates = dates
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
    /// In parts of the currency's unit, as many as `Money` has.
    let amount: Int128
    let line: FactLine?
    /// Whether it has come back, by its status.
    let isReturned: Bool
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
        row: row, order: nil, part: .failure(.spreadsheetUnreadable(SpreadsheetFault(problem))))
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
    try mapping.refuseSurplus(cells)
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
      line = FactLine(
        category: category, product: product, quantity: try quantity.pieces(),
        amount: try Money.minor(amount, of: currency))
    }
    let status = try status(cells)
    return Part(
      order: order, customer: customer, time: time, amount: amount, line: line,
      isReturned: status == .returned, steps: try steps(cells, order, time, status),
      currency: cell(columns.currency, in: cells))
  }

  // MARK: Cells

  private mutating func customer(_ cells: [String]) throws(Problem) -> RowCustomer {
    if let text = cell(columns.id, in: cells) {
      guard let id = Int32(text) else { throw .customerNotFound(text) }
      return .id(CustomerID(id))
    }
    let (ref, phone) = (cell(columns.ref, in: cells), cell(columns.phone, in: cells))
    guard var name = ref ?? phone else { throw .cellMissing("customer") }
    // Lines of one order may each say more or less of who bought.
    if !isByLine, ref != nil, let phone { name += "\n" + phone }
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

  private func quantity(_ cells: [String]) throws(Problem) -> Quantity {
    guard let text = cell(columns.quantity, in: cells) else { return .one }
    guard let quantity = Quantity(text) else {
      throw .parameterUnreadable(name: "quantity", value: text, expected: "12, -1, 0.25")
    }
    return quantity
  }

  private func amount(_ cells: [String], _ quantity: Quantity) throws(Problem) -> Int128 {
    if let text = cell(columns.amount, in: cells) {
      return try Money.exact(try money(text, "amount"), times: .one)
    }
    guard let text = cell(columns.price, in: cells) else { throw .cellMissing("price / amount") }
    return try Money.exact(try money(text, "price"), times: quantity)
  }

  /// An amount as people write it: with a point or a comma, and perhaps with marks for thousands.
  private func money(_ text: String, _ name: String) throws(Problem) -> Decimals {
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
    guard let number = Decimals(plain) else {
      throw .parameterUnreadable(name: name, value: text, expected: "12.95, 1.234,50")
    }
    return number
  }

  private func status(_ cells: [String]) throws(Problem) -> OrderStatus? {
    guard let text = cell(columns.status, in: cells) else { return nil }
    guard let status = OrderStatus(text) else {
      throw .parameterUnreadable(
        name: "status", value: text,
        expected: "pending, paid, shipped, completed, returned, cancelled")
    }
    return status
  }

  /// What has a column of its own has its own time; what the status says happened when the order was
  /// placed, as far as is known.
  private mutating func steps(
    _ cells: [String], _ order: String, _ placed: Timestamp, _ status: OrderStatus?
  ) throws(Problem) -> [(Fact, Timestamp)] {
    var steps: [(Fact, Timestamp)] = []
    for (column, said, fact): (Int?, OrderStatus, Fact) in [
      (columns.paid, .paid, .orderPaid(order: order)),
      (columns.shipped, .shipped, .orderShipped(order: order, tracking: nil, estimate: nil)),
      (columns.completed, .completed, .orderCompleted(order: order)),
      (columns.cancelled, .cancelled, .orderCancelled(order: order)),
    ] {
      if let text = cell(column, in: cells) {
        steps.append((fact, try dates.time(text)))
      } else if status == said {
        steps.append((fact, placed))
      }
    }
    return steps
  }
}
