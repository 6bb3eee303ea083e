/// What a caller believes of the thing they change: the revision they have seen (`If-Match`).
package enum Expectation: Hashable, Sendable {
  case tag(TagID, revision: Int64)
  case customer(CustomerID, revision: Int64)
  case webhook(WebhookID, revision: Int64)
  case rule(RuleID, version: Int64)
  case segment(SegmentID, revision: Int64)
  case role(RoleID, revision: Int64)
}

extension State {
  /// Throws `…RevisionChanged`, with the present revision, where somebody has changed it since.
  package func check(_ expectation: Expectation) throws(Problem) {
    switch expectation {
    case .tag(let id, let expected):
      guard let actual = tag(id)?.revision else { throw .tagNotFound("\(id.rawValue)") }
      guard actual == expected else {
        throw .tagRevisionChanged(id, expected: expected, actual: actual)
      }
    case .customer(let id, let expected):
      guard id.rawValue >= 1, id.rawValue <= lastCustomer else {
        throw .customerNotFound("\(id.rawValue)")
      }
      let actual = revision(of: id)
      guard actual == expected else {
        throw .customerRevisionChanged(id, expected: expected, actual: actual)
      }
    case .webhook(let id, let expected):
      let actual = try webhook(id).revision
      guard actual == expected else {
        throw .webhookRevisionChanged(id, expected: expected, actual: actual)
      }
    case .rule(let id, let expected):
      let actual = try rule(id).version
      guard actual == expected else {
        throw .ruleVersionChanged(id, expected: expected, actual: actual)
      }
    case .segment(let id, let expected):
      let actual = try segment(id).revision
      guard actual == expected else {
        throw .segmentRevisionChanged(id, expected: expected, actual: actual)
      }
    case .role(let id, let expected):
      let actual = try role(id).revision
      guard actual == expected else {
        throw .roleRevisionChanged(id, expected: expected, actual: actual)
      }
    }
  }
}
