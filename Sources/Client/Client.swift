package import APITypes
import FoundationEssentials

/// Talks to the daemon; a value, safe to use from several tasks at once.
package struct Client: Sendable {
  package let socket: String
  /// Of titles, details and sentences: `pt`, `fr` or `en`.
  package let language: String
  /// Presented with every request; nil to act as the user that the kernel names.
  package var token: String?
  /// How long the daemon may stay silent in the middle of a request.
  ///
  /// Longer than its heartbeat of 15 s, so that a followed stream falls under it too.
  package var patience: Duration = .seconds(60)
  /// Told of every answer of a ledger whose log is damaged: the last event that answers tell of.
  package var onDamage: @Sendable (_ soundUntil: Int64) -> Void = { _ in }
  /// How long a change is tried again after its connection broke.
  package var persistence: Duration = .seconds(10)

  package init(socket: String, language: String, patience: Duration = .seconds(60)) {
    self.socket = socket
    self.language = language
    self.patience = patience
  }

  /// Hands the answer to `body` while it arrives.
  ///
  /// Throws `ClientError.problem` in place of any answer of 400 and above.
  package func stream<Result: Sendable>(
    _ request: Request, _ body: (Answer) async throws -> Result
  ) async throws -> Result {
    let connection = Connection(address: .socket(path: socket), patience: patience)
    var headers = [(name: "Accept-Language", value: language)]
    if let token { headers.append(("Authorization", "Bearer \(token)")) }
    return try await connection.exchange(request, headers: headers) { answer in
      if let seq = answer.header("Tagledger-Sound-Until").flatMap(Int64.init) { onDamage(seq) }
      guard answer.status < 400 else { throw await Self.problem(of: answer) }
      return try await body(answer)
    }
  }

  /// Returns the status and the whole body.
  ///
  /// A change carries a key by which the daemon knows it again, and is sent once more when the
  /// connection breaks: it is carried out once, however often it arrives.
  package func send(_ request: Request) async throws(ClientError) -> (Int, [UInt8]) {
    request.method == .get ? try await sendOnce(request) : try await sendSurely(request)
  }

  /// Sends a request once, without a key: for what is known again by its content.
  package func sendOnce(_ request: Request) async throws(ClientError) -> (Int, [UInt8]) {
    do {
      return try await stream(request) { answer in
        (answer.status, try await answer.collect())
      }
    } catch {
      throw ClientError(transport: error)
    }
  }

  package func get<Value: Decodable>(_ target: String) async throws(ClientError) -> Value {
    try Self.decode(try await send(Request(.get, target, headers: Self.accept)).1)
  }

  package func send<Value: Decodable>(
    _ method: Request.Method, _ target: String, _ draft: some Encodable
  ) async throws(ClientError) -> Value {
    try Self.decode(try await send(Self.request(method, target, draft)).1)
  }

  /// As `send`, for what the daemon may answer with a job, because it is much.
  package func sendOrQueue<Value: Decodable & Sendable>(
    _ method: Request.Method, _ target: String, _ draft: some Encodable
  ) async throws(ClientError) -> Outcome<Value> {
    let (status, bytes) = try await send(Self.request(method, target, draft))
    return status == 202 ? .job(try Self.decode(bytes)) : .done(try Self.decode(bytes))
  }

  private static let accept = [(name: "Accept", value: MediaType.json)]

  private static func request(
    _ method: Request.Method, _ target: String, _ draft: some Encodable
  ) throws(ClientError) -> Request {
    let type = [(name: "Content-Type", value: MediaType.json)]
    do {
      let bytes = [UInt8](try JSONEncoder().encode(draft))
      return Request(method, target, headers: accept + type, body: .bytes(bytes))
    } catch {
      throw .answerUnreadable("\(error)")
    }
  }

  package static func decode<Value: Decodable>(
    _ bytes: [UInt8]
  ) throws(ClientError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(bytes))
    } catch {
      throw .answerUnreadable("\(error)")
    }
  }

  /// Whatever answers, a daemon or something else on the socket, there is a problem to show.
  private static func problem(of answer: Answer) async -> ClientError {
    guard let bytes = try? await answer.collect(upTo: 1 << 20) else { return .interrupted }
    if let document: ProblemDocument = try? decode(bytes) { return .problem(document) }
    let text = String(decoding: bytes.prefix(500), as: UTF8.self)
    return .problem(
      ProblemDocument(
        title: "HTTP \(answer.status)", status: answer.status, detail: text.isEmpty ? nil : text,
        code: "http.\(answer.status)"))
  }
}

/// What becomes of a request that may be too much for one answer.
package enum Outcome<Value: Sendable>: Sendable {
  case done(Value)
  case job(Job)
}
