/// One entry of the change log: an event, as a person reads it and as fields.
package struct Change: Codable, Hashable, Sendable {
  package var seq: Int64
  /// When it was recorded: RFC 3339 in UTC, six fractional digits.
  package var at: String
  /// When it happened, if that is earlier.
  package var occurred: String?
  package var actor: String
  /// How the actor was known.
  package var via: String
  /// Such as `tag.applied`.
  package var type: String
  package var tag: Reference?
  package var customer: Reference?
  /// The fields that changed, as they were; nil where there was nothing.
  package var before: [String: JSONValue]?
  /// The fields that changed, as they are since.
  package var after: [String: JSONValue]?
  package var reason: String?
  package var command: String
  /// The `seq` that made this one follow.
  package var cause: Int64?
  /// In the language of `Accept-Language`: Portuguese, French or English.
  package var sentence: String

  package init(
    seq: Int64, at: String, occurred: String? = nil, actor: String, via: String, type: String,
    tag: Reference? = nil, customer: Reference? = nil, before: [String: JSONValue]? = nil,
    after: [String: JSONValue]? = nil, reason: String? = nil, command: String, cause: Int64? = nil,
    sentence: String
  ) {
    self.seq = seq
    self.at = at
    self.occurred = occurred
    self.actor = actor
    self.via = via
    self.type = type
    self.tag = tag
    self.customer = customer
    self.before = before
    self.after = after
    self.reason = reason
    self.command = command
    self.cause = cause
    self.sentence = sentence
  }
}
