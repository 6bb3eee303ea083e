/// An event in its public form; the bytes it came as are what was hashed.
package struct CloudEvent: Codable, Hashable, Sendable {
  package var specversion: String
  /// The `seq`, as text.
  package var id: String
  package var source: String
  /// Such as `tagledger.tag.applied.v1`.
  package var type: String
  package var time: String
  /// The `seq`, zero-padded to 20 digits.
  package var sequence: String
  package var actor: String
  package var via: String
  package var command: String
  package var cause: String?
  package var occurred: String?
  package var tag: Int32?
  package var customer: Int32?
  package var reason: String?
  package var datacontenttype: String?
  package var data: JSONValue?
}
