/// Does so many shares of some work, at once where whoever gives it has threads for that, and returns
/// when all of them are done.
package typealias Spread = @Sendable (_ count: Int, _ share: @Sendable (Int) -> Void) -> Void

/// Does one share after the other.
package let inOrder: Spread = { count, share in
  for index in 0..<count { share(index) }
}
