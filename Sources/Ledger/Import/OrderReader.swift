import Domain
import Spreadsheet

/// Turns the rows of a file of orders into facts: one row an order, or one row a line of an order.
struct OrderReader {
  let mapping: ColumnMapping
  let region: String
  let currency: Currency
  let options: [String: String]
  let own: OwnReference
  let lookupKey: (PersonalField, String) -> LookupKey
  /// Whom a file names again and again, each found out once.
  private var customers: [String: RowCustomer] = [:]

  init(
    mapping: ColumnMapping, region: String, currency: Currency, options: [String: String],
    own: OwnReference, lookupKey: @escaping (PersonalField, String) -> LookupKey
  ) {
    self.mapping = mapping
    self.region = region
    self.currency = currency
    self.options = options
    self.own = own
    self.lookupKey = lookupKey
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

  /// Whether several rows may be about one order.
  var isByLine: Bool {
    !mapping.has(.amount) || mapping.has(.product) || mapping.has(.quantity)
  }

  /// What the numbers of cancellations and returns begin with, before a digit.
  var returnsPrefix: String { options["returns"] ?? "C" }

  func order(_ cells: [String]) -> String? { mapping.text(.order, in: cells) }

  /// A row, and the order that it names, also where it cannot be read.
  mutating func part(of row: CSVRow) -> (key: FactKey?, part: Result<Part, Problem>) {
    if let problem = row.problem {
      return (nil, .failure(.spreadsheetUnreadable(problem.rawValue)))
    }
    let key = order(row.fields).map { FactKey($0) }
    do throws(Problem) {
      return (key, .success(try read(row.fields)))
    } catch {
      return (key, .failure(error))
    }
  }

  private mutating func read(_ cells: [String]) throws(Problem) -> Part {
    guard let order = order(cells) else { throw .cellMissing("order") }
    let customer = try customer(cells)
    guard let text = mapping.text(.time, in: cells) else { throw .cellMissing("time") }
    let time = try time(text)
    let quantity = try quantity(cells)
    let amount = try amount(cells, quantity)
    var line: FactLine?
    let (category, product) = (
      mapping.text(.category, in: cells), mapping.text(.product, in: cells)
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
      steps: try steps(cells, order, time), currency: mapping.text(.currency, in: cells))
  }

  // MARK: Cells

  private mutating func customer(_ cells: [String]) throws(Problem) -> RowCustomer {
    if let text = mapping.text(.id, in: cells) {
      guard let id = Int32(text) else { throw .customerNotFound(text) }
      return .id(CustomerID(id))
    }
    let (ref, phone) = (mapping.text(.ref, in: cells), mapping.text(.phone, in: cells))
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
    personal[.name] = mapping.text(.name, in: cells)
    if let phone { personal[.phone] = try PhoneNumber(phone, defaultRegion: region).e164 }
    return .lookup(
      CustomerDraft(
        personal: personal, channel: mapping.text(.channel, in: cells),
        lookups: Lookups(
          phone: personal[.phone].map { lookupKey(.phone, $0) },
          ref: ref.map { lookupKey(.ref, $0) })))
  }

  private func quantity(_ cells: [String]) throws(Problem) -> Int32 {
    guard let text = mapping.text(.quantity, in: cells) else { return 1 }
    guard let number = Decimals(text), let units = number.units(digits: 0),
      let quantity = Int32(exactly: units)
    else {
      throw .parameterUnreadable(name: "quantity", value: text, expected: "12, -1")
    }
    return quantity
  }

  /// In millionths.
  private func amount(_ cells: [String], _ quantity: Int32) throws(Problem) -> Int128 {
    if let text = mapping.text(.amount, in: cells) { return try money(text, "amount") }
    guard let text = mapping.text(.price, in: cells) else { throw .cellMissing("price / amount") }
    return try money(text, "price") * Int128(quantity)
  }

  /// An amount as people write it: with a point or a comma, and perhaps with marks for thousands.
  private func money(_ text: String, _ name: String) throws(Problem) -> Int128 {
    var plain = text
    // Most have nothing to take out, and a look at bytes is soon done.
    if !text.utf8.allSatisfy({ (0x2D...0x39).contains($0) }) {
      plain.removeAll { $0 == " " || $0 == "\u{A0}" || $0 == "\u{202F}" }
    }
    if let point = plain.lastIndex(of: "."), let comma = plain.lastIndex(of: ",") {
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
    func add(_ field: ImportField, _ fact: Fact) throws(Problem) {
      if let text = mapping.text(field, in: cells) { steps.append((fact, try time(text))) }
    }
    try add(.paid, .orderPaid(order: order))
    try add(.shipped, .orderShipped(order: order, tracking: nil, estimate: nil))
    try add(.completed, .orderCompleted(order: order))
    try add(.cancelled, .orderCancelled(order: order))
    if let status = mapping.text(.status, in: cells), Self.isCancelled(status),
      !steps.contains(where: { $0.0.type == .orderCancelled })
    {
      steps.append((.orderCancelled(order: order), placed))
    }
    return steps
  }

  private static func isCancelled(_ status: String) -> Bool {
    ["cancel", "annul"].contains { NameKey(status).text.hasPrefix($0) }
  }

  private func time(_ text: String) throws(Problem) -> Timestamp {
    guard let order = options["dates"], text.contains("/") || text.contains(".") else {
      return try Timestamp(parsing: text)
    }
    let pieces = text.split(maxSplits: 1) { $0 == " " || $0 == "T" }
    let parts = pieces[0].split { $0 == "/" || $0 == "." }
    guard parts.count == 3 else { throw .dateUnreadable(text) }
    let (day, month) = order == "mdy" ? (parts[1], parts[0]) : (parts[0], parts[1])
    func padded(_ part: Substring) -> String { part.count == 1 ? "0\(part)" : String(part) }
    let year = parts[2].count == 2 ? "20\(parts[2])" : String(parts[2])
    var clock = ""
    if pieces.count > 1 {
      clock =
        " " + pieces[1].split(separator: ":").map(padded).joined(separator: ":")
    }
    return try Timestamp(parsing: "\(year)-\(padded(month))-\(padded(day))\(clock)")
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

  /// The facts that it tells; a cancellation of something whose order is not named is a return.
  func drafts(
    order: String, isReturn: Bool, digits: Int, currency given: String?, rate: String?
  ) throws(Problem) -> [FactDraft] {
    guard let scaled = Decimals.scaled(amount, by: digits - 6), let minor = Int64(exactly: scaled)
    else { throw .amountOutOfRange(.max) }
    func draft(_ fact: Fact, _ time: Timestamp) -> FactDraft {
      FactDraft(fact, of: customer, occurred: time, currency: currency ?? given, rate: rate)
    }
    guard !isReturn && minor >= 0 else {
      return [draft(.orderReturned(id: order, order: nil, amount: -minor), time)]
    }
    return [draft(.orderPlaced(order: order, amount: minor, lines: lines), time)]
      + steps.map { draft($0.0, $0.1) }
  }
}
