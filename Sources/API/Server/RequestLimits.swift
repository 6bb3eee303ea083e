import Synchronization

/// How much of the service one caller may take; 0 means that there is no such limit.
package struct RequestLimits: Hashable, Sendable {
  /// Requests a second in the long run. Root and the founder are not held to it.
  package var perSecond = 200
  /// Requests at once after a quiet time.
  package var burst = 1000
  package var connectionsPerUser = 256
  /// Until the head of a request has to be whole.
  package var headSeconds = 10
  /// As long may hardly anything of a body come.
  package var bodySeconds = 30
  /// Until an answer has to begin.
  package var answerSeconds = 60
  /// A body of JSON.
  package var bodyBytes = 1 << 20
  /// A body that lists customers, half a million of them.
  package var bulkBytes = 8 << 20
  /// A spreadsheet: none comes near, but a runaway caller is not to fill the disk.
  package var uploadBytes = 4 << 30

  package init() {}
}

/// A bucket of tokens for each caller: it fills at a steady rate, and each request takes one out.
final class RateLimiter<Caller: Hashable & Sendable>: Sendable {
  private struct Bucket {
    var tokens: Double
    var at: ContinuousClock.Instant
  }

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[Caller: Bucket]>([:])
  /// Buckets that have filled up again are dropped when there are so many.
  private static var most: Int { 4096 }

  init(perSecond: Int, burst: Int) {
    rate = Double(perSecond)
    self.burst = Double(max(burst, 1))
  }

  /// Takes a token; throws where there is none, with the time until there is.
  func admit(
    _ caller: Caller, at now: ContinuousClock.Instant = .now
  ) throws(Rejection) {
    guard rate > 0 else { return }
    let missing = buckets.withLock { buckets -> Double? in
      if buckets.count >= Self.most { drop(&buckets, now) }
      var bucket = buckets[caller] ?? Bucket(tokens: burst, at: now)
      bucket.tokens = filled(bucket, now)
      bucket.at = now
      defer { buckets[caller] = bucket }
      guard bucket.tokens >= 1 else { return 1 - bucket.tokens }
      bucket.tokens -= 1
      return nil
    }
    guard let missing else { return }
    throw .limited(.rate(retryAfter: max(1, Int((missing / rate).rounded(.up)))))
  }

  private func filled(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
    min(burst, bucket.tokens + (now - bucket.at) / .seconds(1) * rate)
  }

  private func drop(_ buckets: inout [Caller: Bucket], _ now: ContinuousClock.Instant) {
    buckets = buckets.filter { filled($0.value, now) < burst }
    // More callers at once than one machine has: whoever comes next begins with a full bucket.
    if buckets.count >= Self.most { buckets.removeAll(keepingCapacity: true) }
  }
}

/// How many connections each user of the machine has open.
final class UserConnections: Sendable {
  private let limit: Int
  private let counts = Mutex<[UInt32: Int]>([:])

  init(limit: Int) {
    self.limit = limit
  }

  /// False where the user has as many as they may.
  func enter(_ uid: UInt32) -> Bool {
    counts.withLock { counts in
      guard limit == 0 || counts[uid, default: 0] < limit else { return false }
      counts[uid, default: 0] += 1
      return true
    }
  }

  func leave(_ uid: UInt32) {
    counts.withLock { counts in
      let left = counts[uid, default: 1] - 1
      counts[uid] = left == 0 ? nil : left
    }
  }
}
