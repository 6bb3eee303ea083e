import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Spreadsheets in and out.
extension API {
  static let transferRoutes: [Route] = []
}
