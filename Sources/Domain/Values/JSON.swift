/// A JSON value as the ledger knows it: no floats, integers within ±(2^53 − 1) (standards.md).
package enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  case array([JSON])
  case object([String: JSON])
}
