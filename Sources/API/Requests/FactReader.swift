import Domain
import Ledger

/// Reads facts as callers write them: one JSON object each.
struct FactReader {
  let ledger: Ledger
  private let state: State
  let currency: Currency
  let region: String

  private static let fields: Set = [
    "type", "customer", "phone", "ref", "name", "source_channel", "occurred", "id", "order",
    "amount", "currency", "rate", "lines", "category", "product", "broadcast", "channel",
    "tracking", "estimate",
  ]

  init(_ ledger: Ledger, in state: State, region: String) throws {
    self.ledger = ledger
    self.state = state
    self.region = region
    currency = Currency(recorded: state.facts.currency)
  }

  func read(_ json: JSON) throws -> FactDraft {
    let fields = try Fields(object: json)
    try fields.only(Self.fields)
    let name = try fields.requiredText("type")
    guard let type = EventType(name: name), type.isOfFacts else {
      throw Problem.parameterUnreadable(
        name: "type", value: name,
        expected: .written(
          EventType.allCases.filter(\.isOfFacts).map(\.name).joined(separator: ", ")))
    }
    let given = try fields.filledText("currency")
    let fact = try fact(type, fields, json, try given.map { try Currency($0) } ?? currency)
    return FactDraft(
      fact, of: type == .spendRecorded ? nil : try customer(fields),
      occurred: try fields.filledText("occurred").map { try Timestamp(parsing: $0) },
      currency: given, rate: try fields.filledText("rate"))
  }

  private func customer(_ fields: Fields) throws -> RowCustomer {
    let id = fields.has("customer") ? CustomerID(try fields.id("customer")) : nil
    var personal: PersonalFields = [:]
    for field in [PersonalField.phone, .ref, .name] {
      personal[field] = try fields.filledText(field.rawValue)
    }
    guard personal[.phone] != nil || personal[.ref] != nil else {
      guard let id else { throw Rejection.fieldMissing(path: "customer") }
      return .id(id)
    }
    let draft = try ledger.draft(
      personal: personal, channel: try fields.filledText("source_channel"), region: region)
    guard let id else { return .lookup(draft) }
    // Who is named twice has to be one and the same.
    try state.refuse(draft.lookups, ofOthersThan: state.current(id))
    return .id(id)
  }

  private func fact(
    _ type: EventType, _ fields: Fields, _ json: JSON, _ currency: Currency
  ) throws -> Fact {
    func amount() throws -> Int64 { try self.amount(json["amount"], "amount", currency) ?? 0 }
    func id() throws -> String { try fields.requiredText("id") }
    func order() throws -> String { try fields.requiredText("order") }
    func broadcast() throws -> String { try fields.requiredText("broadcast") }
    switch type {
    case .orderPlaced:
      let lines = try lines(json["lines"], currency)
      let total = try self.amount(json["amount"], "amount", currency)
      // Beyond 64 bits it is refused like any amount that is too large.
      let sum = lines.reduce(Int128(0)) { $0 + Int128($1.amount) }
      return .orderPlaced(
        order: try order(), amount: total ?? Int64(clamping: sum), lines: lines)
    case .orderPaid: return .orderPaid(order: try order())
    case .orderShipped:
      return .orderShipped(
        order: try order(), tracking: try fields.filledText("tracking"),
        estimate: try fields.filledText("estimate"))
    case .orderCompleted: return .orderCompleted(order: try order())
    case .orderCancelled: return .orderCancelled(order: try order())
    case .orderReturned:
      return .orderReturned(
        id: try id(), order: try fields.filledText("order"), amount: try amount())
    case .messageReceived: return .messageReceived(id: try id())
    case .messageSent: return .messageSent(id: try id())
    case .broadcastReceived: return .broadcastReceived(broadcast: try broadcast())
    case .broadcastAnswered: return .broadcastAnswered(broadcast: try broadcast())
    case .enquiryMade:
      return .enquiryMade(
        id: try id(), category: try fields.filledText("category"),
        product: try fields.filledText("product"))
    case .complaintOpened: return .complaintOpened(id: try id())
    case .complaintResolved: return .complaintResolved(id: try id())
    case .urgencyRaised: return .urgencyRaised(id: try id())
    case .urgencySettled: return .urgencySettled(id: try id())
    default:
      return .spendRecorded(
        id: try id(), channel: try fields.requiredText("channel"), amount: try amount())
    }
  }

  private func lines(_ json: JSON?, _ currency: Currency) throws -> [FactLine] {
    guard let json else { return [] }
    guard let elements = json.array else {
      throw Rejection.fieldUnreadable(path: "lines", expected: .object)
    }
    return try elements.map { element in
      let fields = try Fields(object: element)
      try fields.only(["category", "product", "quantity", "amount"])
      guard let quantity = Int32(exactly: try fields.integer("quantity") ?? 1) else {
        throw Rejection.fieldUnreadable(path: "lines.quantity", expected: .integer)
      }
      return FactLine(
        category: try fields.filledText("category"), product: try fields.filledText("product"),
        quantity: quantity, amount: try amount(element["amount"], "lines.amount", currency) ?? 0)
    }
  }

  /// Minor units as a number, or the currency's units as a text: 12990, "129.90".
  private func amount(_ json: JSON?, _ path: String, _ currency: Currency) throws -> Int64? {
    switch json {
    case nil: return nil
    case .int(let minor): return minor
    case .string(let text):
      guard let decimals = Decimals(text), decimals.scale <= currency.digits,
        let minor = decimals.units(digits: currency.digits)
      else {
        throw Problem.parameterUnreadable(
          name: path, value: text, expected: currency.digits == 0 ? "\"130\"" : "\"129.90\"")
      }
      return minor
    default: throw Rejection.fieldUnreadable(path: path, expected: .integer)
    }
  }
}
