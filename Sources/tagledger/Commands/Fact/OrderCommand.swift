import APITypes
import ArgumentParser
import Client

struct OrderCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order",
    abstract: said(
      en: "Record what becomes of orders.",
      pt: "Registrar o que acontece com os pedidos.",
      fr: "Enregistrer ce que deviennent les commandes."),
    discussion: said(
      en: "Many at once come from a spreadsheet: tagledger import orders.",
      pt: "Para muitos de uma vez, use uma planilha: tagledger import orders.",
      fr: "Pour beaucoup à la fois, utilisez une feuille de calcul : tagledger import orders."),
    subcommands: [
      OrderPlace.self, OrderPay.self, OrderShip.self, OrderComplete.self, OrderCancel.self,
      OrderReturn.self,
    ],
    aliases: ["orders"])
}

/// Which order of whom.
struct OrderArguments: ParsableArguments {
  @Argument(
    help: .said(
      en: "The order's id in the system it comes from.",
      pt: "O id do pedido no sistema de onde vem.",
      fr: "L’identifiant de la commande dans le système d’où elle vient."))
  var order: String

  @Argument(
    help: .said(
      en: "The customer: id, phone or name.",
      pt: "O cliente: id, telefone ou nome.",
      fr: "Le client : identifiant, téléphone ou nom."))
  var customer: String

  func draft(_ type: String, in session: Session) async throws -> FactBody {
    var draft = FactBody(type, customer: try await session.finder.customer(customer).id)
    draft.order = order
    return draft
  }
}

/// In what currency an amount is.
struct MoneyOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "That of the account unless given.",
      pt: "Se não indicada, a da conta.",
      fr: "Celle du compte sauf indication contraire.", valueName: "code"))
  var currency: String?

  @Option(
    help: .said(
      en: "What one unit of that currency is worth in the account's.",
      pt: "Quanto vale uma unidade dessa moeda na da conta.",
      fr: "Ce que vaut une unité de cette monnaie dans celle du compte.", valueName: "number"))
  var rate: String?
}

struct OrderPlace: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "place",
    abstract: said(
      en: "Record that a customer has placed an order.",
      pt: "Registrar que um cliente fez um pedido.",
      fr: "Enregistrer qu’un client a passé une commande."),
    discussion: said(
      en: """
          tagledger order place P-1001 Ana --amount 1295.00 --category Sofás --product "Oslo 3"
        """,
      pt: """
          tagledger order place P-1001 Ana --amount 1295.00 --category Sofás --product "Oslo 3"
        """,
      fr: """
          tagledger order place P-1001 Ana --amount 1295.00 --category Sofás --product "Oslo 3"
        """))

  @OptionGroup var order: OrderArguments

  // Numbers may begin with a dash: that they are refused says more than that they are missing.
  @Option(
    parsing: .unconditional,
    help: .said(
      en: "What is to be paid.",
      pt: "Quanto há a pagar.",
      fr: "Ce qui est à payer.", valueName: "number"))
  var amount: String

  @Option(
    help: .said(
      en: "What was ordered, as a category.",
      pt: "O que foi pedido, como categoria.",
      fr: "Ce qui a été commandé, comme catégorie.", valueName: "name"))
  var category: String?

  @Option(
    help: .said(
      en: "What was ordered, as a product or model.",
      pt: "O que foi pedido, como produto ou modelo.",
      fr: "Ce qui a été commandé, comme produit ou modèle.", valueName: "name"))
  var product: String?

  @Option(
    parsing: .unconditional,
    help: .said(
      en: "How many of it.",
      pt: "Quantas unidades.",
      fr: "Combien d’unités.", valueName: "number"))
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
    commandName: "pay",
    abstract: said(
      en: "Record that an order has been paid.",
      pt: "Registrar que um pedido foi pago.",
      fr: "Enregistrer qu’une commande a été payée."))

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
    commandName: "ship",
    abstract: said(
      en: "Record that an order is on its way.",
      pt: "Registrar que um pedido foi enviado.",
      fr: "Enregistrer qu’une commande est expédiée."))

  @OptionGroup var order: OrderArguments

  @Option(
    help: .said(
      en: "The tracking number.",
      pt: "O código de rastreio.",
      fr: "Le numéro de suivi.", valueName: "text"))
  var tracking: String?

  @Option(
    help: .said(
      en: "How long it will take, or when it comes.",
      pt: "Quanto vai demorar, ou quando chega.",
      fr: "Combien de temps il faudra, ou quand elle arrive.", valueName: "text"))
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
    commandName: "complete",
    abstract: said(
      en: "Record that an order is completed.",
      pt: "Registrar que um pedido foi concluído.",
      fr: "Enregistrer qu’une commande est terminée."))

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
    abstract: said(
      en: "Record that an order is cancelled; it does not count from then on.",
      pt: "Registrar que um pedido foi cancelado; a partir daí não conta mais.",
      fr: "Enregistrer qu’une commande est annulée ; dès lors elle ne compte plus."))

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
    abstract: said(
      en: "Record that something of an order came back; it is worth that much less.",
      pt: "Registrar que parte de um pedido foi devolvida; ele passa a valer esse tanto a menos.",
      fr: "Enregistrer qu’une partie d’une commande est revenue ; elle vaut d’autant moins."))

  @OptionGroup var order: OrderArguments

  @Option(
    help: .said(
      en: "The return's own id.",
      pt: "O id da própria devolução.",
      fr: "L’identifiant du retour lui-même.", valueName: "text"))
  var id: String

  @Option(
    parsing: .unconditional,
    help: .said(
      en: "What it was worth.",
      pt: "Quanto valia.",
      fr: "Ce que cela valait.", valueName: "number"))
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
