import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// What each source channel has brought (F7).
extension API {
  static let sourceRoutes = [
    Route(.get, "/v1/sources", needs: .customersRead) { try await $0.listSources($1) }
  ]

  private func listSources(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["since", "until", "as_of"])
    let sight = try await sight(exchange, query)
    let now = sight.past?.at ?? ledger.moment
    let state = sight.state
    let figures = state.sources(
      from: try query.time("since"), until: try query.time("until") ?? now)
    return try exchange.answer(
      List(
        items: figures.map { SourceDocument($0, currency: state.facts.currency) }, next: nil,
        position: state.position, past: sight.past))
  }
}

extension SourceDocument: Listed {
  static let columns = [
    "channel", "customers", "buyers", "repeated", "repeat_rate", "orders", "revenue",
    "average_order", "first_order", "spend", "acquisition_cost", "currency",
  ]

  var cells: [String] {
    func text(_ number: Int64?) -> String { number.map { "\($0)" } ?? "" }
    return [
      channel ?? "", "\(customers)", "\(buyers)", "\(repeated)", repeatRate.map { "\($0)" } ?? "",
      "\(orders)", "\(revenue)", text(averageOrder), text(firstOrder), "\(spend)",
      text(acquisitionCost), currency,
    ]
  }

  init(_ figures: SourceFigures, currency: String) {
    self.init(
      channel: figures.channel, customers: figures.customers, buyers: figures.buyers,
      repeated: figures.repeated, repeatRate: figures.repeatRate, orders: figures.orders,
      revenue: Int64(clamping: figures.revenue), averageOrder: figures.averageOrder,
      firstOrder: figures.firstOrder, spend: Int64(clamping: figures.spend),
      acquisitionCost: figures.acquisitionCost, currency: currency)
  }
}
