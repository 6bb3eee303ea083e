import Crypto
package import Domain
import EventLog
import Foundation

/// What a request asks for, as the digest by which it is known again.
package struct RequestDigest: Sendable {
  private var hash = SHA256()

  /// - Parameter target: path and query, as they were sent.
  package init(method: String, target: String) {
    add(Array("\(method) \(target)\n".utf8))
  }

  /// Adds a piece of the body.
  package mutating func add(_ bytes: [UInt8]) {
    hash.update(data: bytes)
  }

  /// - Parameters:
  ///   - caller: who calls, as only the kernel or a credential can say.
  ///   - text: what they have chosen as `Idempotency-Key`.
  package func key(_ text: String, of caller: String) -> RequestKey {
    RequestKey(
      digest: Self.short(SHA256.hash(data: Data("\(caller)\n\(text)".utf8))),
      request: Self.short(hash.finalize()))
  }

  private static func short(_ digest: SHA256.Digest) -> [UInt8] {
    Array(digest.prefix(16))
  }
}

extension Ledger {
  /// The key with what is stored of its request: a body may hold a name and a phone, of which no
  /// plain hash may stand anywhere (standards.md, "Sealed fields").
  package func keyed(_ key: RequestKey) -> RequestKey {
    RequestKey(
      digest: key.digest, request: Array(log.keyedHash("request", key.request).prefix(16)))
  }

  /// What became of the request of this key, from its events; nil where it has not been carried out.
  ///
  /// - Throws: `requestKeyReused` where the key was that of another request.
  package func receipt(of key: RequestKey) throws(Problem) -> Receipt? {
    try log.replayed(key)
  }

  /// The answer that was given to the request of this key; nil where it is not kept.
  ///
  /// - Throws: `requestKeyReused` where the key was that of another request.
  package func storedAnswer(_ key: RequestKey) throws(Problem) -> StoredAnswer? {
    guard let answer = log.answers.answer(key.digest) else { return nil }
    guard answer.request == key.request else { throw .requestKeyReused }
    return answer
  }

  /// Keeps an answer to be given again.
  ///
  /// - Parameter customer: of whom it tells, where that is one customer.
  package func keep(_ answer: StoredAnswer, for key: RequestKey, customer: CustomerID?) {
    log.answers.keep(answer, for: key.digest, customer: customer, at: now())
  }

  /// Destroys every kept answer that may tell of a customer; part of erasing them.
  ///
  /// Requests with their keys stay known: what became of them is told from the log from then on.
  package func forgetAnswers(of customer: CustomerID) throws(Problem) {
    try log.answers.forget(customer)
  }
}

extension Log {
  /// The receipt of a request that has been carried out before, from its events; nil where it has not.
  func replayed(_ key: RequestKey) throws(Problem) -> Receipt? {
    guard let known = try remembered(key.digest) else { return nil }
    guard known.request == key.request else { throw .requestKeyReused }
    var events: [Event] = []
    events.reserveCapacity(known.seqs.count)
    for recorded in try self.events(seqs: known.seqs) {
      let isOwn = recorded.cause.map { known.seqs.contains($0) } ?? false
      var event = Event(
        recorded.type, tag: recorded.tag, customer: recorded.customer,
        data: recorded.data == nil ? nil : try recorded.parsedData(),
        occurred: recorded.occurred,
        cause: isOwn ? recorded.cause.map { Int($0 - known.seqs.lowerBound) } : nil,
        reason: recorded.reason)
      if !isOwn { event.origin = recorded.cause }
      events.append(event)
    }
    return Receipt(
      command: known.command, seqs: known.seqs, events: events, unchanged: known.unchanged,
      refusals: [], left: [], shown: nil, isReplay: true)
  }
}
