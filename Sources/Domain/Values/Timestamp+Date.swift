extension Timestamp {
  /// The start of a day given as `YYYY-MM-DD`, in UTC; nil for anything else or a day that is none.
  package init?(date: String) {
    let parts = date.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard date.utf8.count == 10, parts.count == 3, parts[0].count == 4, parts[1].count == 2,
      let year = Int64(Substring(parts[0])), let month = Int64(Substring(parts[1])),
      let day = Int64(Substring(parts[2])), (1...12).contains(month), day >= 1
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard day <= lengths[Int(month) - 1] else { return nil }
    let before = lengths[..<(Int(month) - 1)].reduce(0, +)
    let years = year - 1
    let days = years * 365 + years / 4 - years / 100 + years / 400 + before + day - 1 - 719_162
    self.init(microseconds: days * 86_400_000_000)
  }
}
