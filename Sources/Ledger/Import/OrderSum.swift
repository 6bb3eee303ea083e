import Domain
import Spreadsheet

/// One order as its rows add up to it.
struct OrderSum {
  let customer: RowCustomer
  /// The row that is named where the order is refused.
  let row: CSVRow
  private(set) var time: Timestamp
  /// In parts of the currency's unit, as many as `Money` has.
  private(set) var amount: Int128 = 0
  /// What of it has come back, by the status of its rows.
  private var returned: Int128?
  private(set) var lines: [FactLine] = []
  private(set) var steps: [(Fact, Timestamp)] = []
  private(set) var currency: String?
  /// Whether a sum of its lines is beyond what can be kept.
  private var isOutOfRange = false

  init(_ part: OrderReader.Part, row: CSVRow) {
    customer = part.customer
    time = part.time
    self.row = row
    add(part)
  }

  mutating func add(_ part: OrderReader.Part) {
    time = min(time, part.time)
    amount += part.amount
    if part.isReturned { returned = (returned ?? 0) + part.amount }
    currency = currency ?? part.currency
    for step in part.steps where !steps.contains(where: { $0.0 == step.0 && $0.1 == step.1 }) {
      steps.append(step)
    }
    guard let line = part.line else { return }
    let same = lines.firstIndex {
      $0.product == line.product && $0.category == line.category
    }
    if let same {
      let (quantity, isOver) = lines[same].quantity.addingReportingOverflow(line.quantity)
      lines[same].quantity = quantity
      let (amount, isTooMuch) = lines[same].amount.addingReportingOverflow(line.amount)
      lines[same].amount = amount
      isOutOfRange = isOutOfRange || isOver || isTooMuch
    } else {
      lines.append(line)
    }
  }

  /// Adds the facts that it tells; a cancellation of something whose order is not named is a return.
  func tell(
    of order: String, isReturn: Bool, in unit: Currency, currency given: String?, rate: String?,
    to drafts: inout [FactDraft]
  ) throws(Problem) {
    if isOutOfRange { throw .amountOutOfRange(.max) }
    let minor = try Money.minor(amount, of: unit)
    func draft(_ fact: Fact, _ time: Timestamp) -> FactDraft {
      FactDraft(fact, of: customer, occurred: time, currency: currency ?? given, rate: rate)
    }
    if isReturn, minor > 0 { throw .returnPositive(order) }
    guard !isReturn && minor >= 0 else {
      return drafts.append(draft(.orderReturned(id: order, order: nil, amount: -minor), time))
    }
    drafts.append(draft(.orderPlaced(order: order, amount: minor, lines: lines), time))
    for (fact, time) in steps { drafts.append(draft(fact, time)) }
    guard let returned else { return }
    let back = try Money.minor(returned, of: unit)
    drafts.append(draft(.orderReturned(id: order, order: order, amount: back), time))
  }
}
