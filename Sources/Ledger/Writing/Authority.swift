package import Domain
import Metrics
import Synchronization

/// Who callers are, and what they may do: asked inside the writer, at the place where an order is decided,
/// and by every read of the state that it reads.
package final class Authority: Sendable {
  /// Users of this machine who may say for whom they call.
  package let proxies: Set<UInt32>
  private let uses = Mutex<[TokenID: Timestamp]>([:])

  package init(proxies: Set<UInt32> = []) {
    self.proxies = proxies
  }

  /// Says who a caller is, in that state and at that moment.
  package func identify(
    _ caller: Caller, in state: State, at time: Timestamp
  ) throws(Problem) -> Actor {
    if case .asserted(_, let proxy) = caller, !proxies.contains(proxy) {
      throw .assertionRefused(uid: proxy)
    }
    return try state.identify(caller, at: time)
  }

  /// Counts what is refused, by what was missing and never by whom it was refused to.
  func count(_ problem: Problem) {
    let permission: String
    switch problem {
    case .permissionMissing(let missing): permission = missing.permission.rawValue
    case .teamBeyondOwn, .teamLastOwner, .tokenOutlasts: permission = "team:manage"
    case .callerUnknown, .credentialRefused, .assertionRefused: permission = ""
    default: return
    }
    Counter(
      label: "refusals", dimensions: [("code", problem.code), ("permission", permission)]
    ).increment()
  }

  /// Carries out what may refuse, and counts the refusal.
  func counting<Result>(_ body: () throws(Problem) -> Result) throws(Problem) -> Result {
    do {
      return try body()
    } catch {
      count(error)
      throw error
    }
  }

  // MARK: The last use of tokens

  /// Remembers that a token was used; true where that is the first time on a UTC day, as far as this
  /// daemon and the state know.
  func noteUse(of actor: Actor, in state: State, at time: Timestamp) -> TokenID? {
    guard actor.via == .token, let number = actor.credential,
      let token = state.team[TokenID(Int32(number))]
    else { return nil }
    let before = uses.withLock { $0.updateValue(time, forKey: token.id) }
    let known = [before, token.used].compactMap { $0?.day }.max()
    return known.map { $0 < time.day } ?? true ? token.id : nil
  }

  /// When a token was last used: exact since the daemon started, before that to the day.
  package func lastUse(of token: Token) -> Timestamp? {
    let own = uses.withLock { $0[token.id] }
    return [own, token.used].compactMap { $0 }.max()
  }
}

extension Timestamp {
  /// Days since 1970, in UTC.
  fileprivate var day: Int64 { rawValue / 86_400_000_000 }
}
