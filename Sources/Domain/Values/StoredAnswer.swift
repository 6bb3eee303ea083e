/// An answer as it was given, to be given again.
package struct StoredAnswer: Hashable, Sendable {
  /// The digest of what was asked.
  package let request: [UInt8]
  package let status: Int
  package let headers: [String: String]
  package let body: [UInt8]

  package init(request: [UInt8], status: Int, headers: [String: String], body: [UInt8]) {
    self.request = request
    self.status = status
    self.headers = headers
    self.body = body
  }
}
