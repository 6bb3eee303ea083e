import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore
import Synchronization

/// A request with an `Idempotency-Key`, and what is found out on the way to its answer.
final class KeyedRequest: Sendable {
  /// As the caller has chosen it.
  let text: String
  private let notes = Mutex(Notes())

  private struct Notes {
    var key: RequestKey?
    var body: ByteBuffer?
    var isReplay = false
    var isDryRun = false
    var isSecret = false
    var customer: CustomerID?
  }

  init(_ text: String) {
    self.text = text
  }

  /// Nil until the whole body has come.
  var key: RequestKey? {
    get { notes.withLock { $0.key } }
    set { notes.withLock { $0.key = newValue } }
  }

  /// The body, where it was taken before the handler ran.
  var body: ByteBuffer? {
    get { notes.withLock { $0.body } }
    set { notes.withLock { $0.body = newValue } }
  }

  /// Whether the answer tells of what had been carried out before.
  var isReplay: Bool { notes.withLock { $0.isReplay } }

  /// Whether the answer may be given again as it is: a dry run is decided anew each time, and what
  /// is shown once is not kept.
  var isKept: Bool { notes.withLock { !$0.isDryRun && !$0.isSecret } }

  /// Of whom the answer tells, where that is one customer.
  var customer: CustomerID? { notes.withLock { $0.customer } }

  func note(_ receipt: LedgerReceipt, of command: Command) {
    notes.withLock { notes in
      notes.isReplay = receipt.isReplay
      notes.isDryRun = receipt.isDryRun
      switch command {
      case .reviseCustomer(let customer, _, _): notes.customer = customer
      case .registerCustomer: notes.customer = receipt.events.first?.customer
      default: break
      }
    }
  }

  /// Keeps the answer from being stored: it shows what is shown only once.
  func keepSecret() {
    notes.withLock { $0.isSecret = true }
  }
}

/// The requests with keys that are being worked at.
final class RunningKeys: Sendable {
  private let digests = Mutex(Set<[UInt8]>())

  func begin(_ key: RequestKey) throws(Problem) {
    guard digests.withLock({ $0.insert(key.digest).inserted }) else { throw .requestRunning }
  }

  func end(_ key: RequestKey) {
    digests.withLock { _ = $0.remove(key.digest) }
  }
}

extension HTTPField.Name {
  static let idempotencyKey = Self("Idempotency-Key")!
  static let replayed = Self("Idempotent-Replayed")!
}

extension Exchange {
  /// The request's key, checked: 1 to 255 visible ASCII characters.
  func idempotencyKey() throws(Problem) -> String? {
    guard let text = request.headers[.idempotencyKey] else { return nil }
    guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else {
      throw .parameterUnreadable(
        name: "Idempotency-Key", value: String(text.prefix(255)),
        expected: .visibleASCII(limit: 255))
    }
    return text
  }

  /// Whether a request with a key says of itself that it is a dry run, in its query or its body.
  var asksForDryRun: Bool {
    if (try? query().flag("dry_run")) == true { return true }
    let body = keyed?.body.flatMap { try? Fields(parsing: $0) }
    return (try? body?.flag("dry_run")) == true
  }

  /// The digest of the request up to its body.
  var digest: RequestDigest {
    RequestDigest(method: request.method.rawValue, target: request.head.path ?? "")
  }
}

extension API {
  /// Carries out a request whose body has been taken, once: sent again, it is answered as it was.
  ///
  /// What has no key is simply carried out.
  func once(
    _ exchange: Exchange, _ digest: RequestDigest, _ handle: (Exchange) async throws -> Response
  ) async throws -> Response {
    guard let keyed = exchange.keyed else { return try await handle(exchange) }
    let key = ledger.keyed(digest.key(keyed.text, of: exchange.actor.name))
    keyed.key = key
    try running.begin(key)
    defer { running.end(key) }
    if let answer = try ledger.storedAnswer(key) { return Response(replaying: answer) }
    if let job = try ledger.jobs.started(by: key) {
      return try accepted(job, exchange).replayed()
    }
    do {
      let response = try await handle(exchange)
      let answer = try await keep(response, keyed, key)
      return keyed.isReplay ? answer.replayed() : answer
    } catch {
      // It has been carried out before, but what it was about has changed too much to be shown.
      if let receipt = try ledger.receipt(of: key) {
        throw Problem.requestAnswerGone(receipt.command, seqs: receipt.seqs)
      }
      try await keepRefusal(error, exchange, keyed, key)
      throw error
    }
  }

  private func keepRefusal(
    _ error: any Error, _ exchange: Exchange, _ keyed: KeyedRequest, _ key: RequestKey
  ) async throws {
    guard let problem = error as? Problem, problem.staysForItsKey, !exchange.asksForDryRun
    else { return }
    let page = ProblemPage(problem, in: exchange.language)
    _ = try await keep(Response(page, error: problem), keyed, key)
  }

  private func keep(
    _ response: Response, _ keyed: KeyedRequest, _ key: RequestKey
  ) async throws -> Response {
    guard keyed.isKept else { return response }
    let collector = BodyCollector()
    try await response.body.write(collector)
    let bytes = collector.bytes
    var headers: [String: String] = [:]
    for field in response.headers where field.name != .contentLength {
      headers[field.name.canonicalName] = field.value
    }
    ledger.keep(
      StoredAnswer(
        request: key.request, status: response.status.code, headers: headers,
        body: Array(bytes.readableBytesView)), for: key, customer: keyed.customer)
    return Response(
      status: response.status, headers: response.headers, body: .init(byteBuffer: bytes))
  }
}

extension Problem {
  /// Whether a client is to think again after this refusal, which stays what it is for its key; other
  /// work that is under way passes.
  fileprivate var staysForItsKey: Bool {
    switch self {
    case .requestKeyReused, .requestRunning, .jobInTheWay, .jobNotResumable: false
    default: [404, 409, 412, 422].contains(status)
    }
  }
}

/// Takes up a body in order to keep it.
private final class BodyCollector: ResponseBodyWriter, Sendable {
  private let collected = Mutex(ByteBuffer())

  var bytes: ByteBuffer { collected.withLock { $0 } }

  func write(_ buffer: ByteBuffer) async throws {
    collected.withLock { _ = $0.writeImmutableBuffer(buffer) }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension Response {
  init(replaying answer: StoredAnswer) {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    self.init(
      status: .init(code: answer.status), headers: headers,
      body: .init(byteBuffer: ByteBuffer(bytes: answer.body)))
    self.headers[.replayed] = "true"
  }

  func replayed() -> Response {
    var response = self
    response.headers[.replayed] = "true"
    return response
  }
}
