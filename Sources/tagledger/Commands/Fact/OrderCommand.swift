import APITypes
import ArgumentParser
import Client

struct OrderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: "Record what becomes of orders.",
    discussion: "Many at once come from a spreadsheet: tagledger import orders.",
    subcommands: [
      OrderPlace.self, OrderPay.self, OrderShip.self, OrderComplete.self, OrderCancel.self,
      OrderReturn.self,
    ],
    aliases: ["orders"])
}

/// Which order of whom.
struct OrderArguments: ParsableArguments {
  @Argument(help: "The order's id in the system it comes from.")
  var order: String

  @Argument(help: "The customer: id, phone or name.")
  var customer: String

  func draft(_ type: String, in session: Session) async throws -> FactBody {
    var draft = FactBody(type, customer: try await session.finder.customer(customer).id)
    draft.order = order
    return draft
  }
}

/// In what currency an amount is.
struct MoneyOptions: ParsableArguments {
  @Option(help: ArgumentHelp("That of the account unless given.", valueName: "code"))
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "What one unit of that currency is worth in the account's.", valueName: "number"))
  var rate: String?
}

struct OrderPlace: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Record that a customer has placed an order.",
    discussion: """
        tagledger order place P-1001 Ana --amount 1295.00 --category Sofás --product "Oslo 3"
      """)

  @OptionGroup var order: OrderArguments

  // Numbers may begin with a dash: that they are refused says more than that they are missing.
  @Option(
    parsing: .unconditional, help: ArgumentHelp("What is to be paid.", valueName: "number"))
  var amount: String

  @Option(help: ArgumentHelp("What was ordered, as a category.", valueName: "name"))
  var category: String?

  @Option(help: ArgumentHelp("What was ordered, as a product or model.", valueName: "name"))
  var product: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How many of it.", valueName: "number"))
  var quantity: Int?

  @OptionGroup var money: MoneyOptions
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = try await order.draft("order.placed", in: session)
    draft.amount = amount
    draft.currency = money.currency
    draft.rate = money.rate
    if category != nil || product != nil {
      draft.lines = [
        FactLineBody(
          category: category, product: product, quantity: quantity ?? 1, amount: amount)
      ]
    }
    try await session.record(draft, when, change)
  }
}

struct OrderPay: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "pay", abstract: "Record that an order has been paid.")

  @OptionGroup var order: OrderArguments
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    try await session.record(try await order.draft("order.paid", in: session), when, change)
  }
}

struct OrderShip: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ship", abstract: "Record that an order is on its way.")

  @OptionGroup var order: OrderArguments

  @Option(help: ArgumentHelp("The tracking number.", valueName: "text"))
  var tracking: String?

  @Option(help: ArgumentHelp("How long it will take, or when it comes.", valueName: "text"))
  var estimate: String?

  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = try await order.draft("order.shipped", in: session)
    draft.tracking = tracking
    draft.estimate = estimate
    try await session.record(draft, when, change)
  }
}

struct OrderComplete: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Record that an order is completed.")

  @OptionGroup var order: OrderArguments
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    try await session.record(
      try await order.draft("order.completed", in: session), when, change)
  }
}

struct OrderCancel: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Record that an order is cancelled; it does not count from then on.")

  @OptionGroup var order: OrderArguments
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    try await session.record(
      try await order.draft("order.cancelled", in: session), when, change)
  }
}

struct OrderReturn: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "return",
    abstract: "Record that something of an order came back; it is worth that much less.")

  @OptionGroup var order: OrderArguments

  @Option(help: ArgumentHelp("The return's own id.", valueName: "text"))
  var id: String

  @Option(parsing: .unconditional, help: ArgumentHelp("What it was worth.", valueName: "number"))
  var amount: String

  @OptionGroup var money: MoneyOptions
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = try await order.draft("order.returned", in: session)
    draft.id = id
    draft.amount = amount
    draft.currency = money.currency
    draft.rate = money.rate
    try await session.record(draft, when, change)
  }
}
