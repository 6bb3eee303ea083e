/// One request, without what the connection adds by itself.
package struct Request: Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// Read as it is sent, so that its size does not matter.
    case file(FileUpload)
  }

  package var method: Method
  /// Path and query, percent-encoded.
  package var target: String
  package var headers: [(name: String, value: String)]
  package var body: Body

  package init(
    _ method: Method, _ target: String, headers: [(name: String, value: String)] = [],
    body: Body = .none
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}

/// A file on its way to the server.
package struct FileUpload: Sendable {
  package var path: String
  /// Called with the number of bytes handed over so far.
  package var progress: @Sendable (Int64) -> Void

  /// - Parameter path: `-` stands for standard input.
  package init(path: String, progress: @escaping @Sendable (Int64) -> Void = { _ in }) {
    self.path = path
    self.progress = progress
  }
}
