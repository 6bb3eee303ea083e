import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let momentRoutes = [
    Route(.get, "/v1/moment", access: .team) { try await $0.showMoment($1) }
  ]

  /// Which event a moment comes down to, so that several questions can be asked about the same.
  private func showMoment(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let position = read(exchange).position
    let instant = try instant(exchange, query) ?? ledger.instant(.seq(position))
    return try Response(json: instant)
  }
}
