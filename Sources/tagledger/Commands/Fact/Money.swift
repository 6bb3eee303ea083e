import APITypes

/// An amount in minor units as a person reads it.
func money(_ amount: Int64, decimals: Int, _ currency: String, _ words: Words) -> String {
  guard decimals > 0 else { return "\(words.number(amount)) \(currency)" }
  var divisor: Int64 = 1
  for _ in 0..<decimals { divisor *= 10 }
  let rest = String(amount.magnitude % divisor.magnitude)
  let sign = amount < 0 ? "-" : ""
  let point = words.language == .english ? "." : ","
  return sign + words.number(Int64(amount.magnitude / divisor.magnitude)) + point
    + String(repeating: "0", count: decimals - rest.count) + rest + " " + currency
}

extension Entry {
  /// What follows from a customer's orders and messages.
  mutating func add(_ figures: FiguresDocument?, _ words: Words) {
    guard let figures else { return }
    func amount(_ minor: Int64) -> String {
      money(minor, decimals: figures.decimals, figures.currency, words)
    }
    func day(_ text: String) -> String { LocalTime(text)?.shown(words.language) ?? text }
    if figures.orders > 0 || figures.spent != 0 {
      add(words.ordersHeading, words.number(figures.orders))
      add(words.spent, amount(figures.spent))
      add(words.averageOrder, figures.averageOrder.map(amount))
      add(words.firstOrder, figures.firstOrder.map(day))
      add(
        words.lastOrder,
        figures.lastOrder.map { day($0) + ", " + words.daysAgo(figures.daysSinceOrder ?? 0) })
      add(
        words.frequency,
        words.lastSixty(figures.ordersLast60Days, figures.ordersPrevious60Days))
    }
    if !figures.categories.isEmpty {
      add(
        words.categoriesHeading,
        figures.categories.map { "\($0.name) \($0.share) %" }.joined(separator: ", "))
    }
    if let rate = figures.replyRate {
      let time = figures.replySeconds.map { ", " + words.time(micros: Int($0) * 1_000_000) } ?? ""
      add(
        words.replies,
        words.replied(figures.messagesAnswered, figures.messagesSent, rate) + time)
    }
  }
}
