/// Brazil: a two-digit area code, then eight digits, or nine that begin with 9 for a mobile.
enum Brazil {
  static let plan = NumberingPlan(
    "55", [("800", 9...10), ("300", 10...10), ("500", 10...10), ("900", 10...10), ("", 10...11)]
  ).with(carriers: carriers, adapt: adapt)

  private static let carriers: Set<String> = [
    "12", "14", "15", "21", "22", "23", "24", "25", "31", "41", "43", "55", "65", "99",
  ]

  private static let areas: Set<String> = [
    "11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "24", "27", "28", "31", "32",
    "33", "34", "35", "37", "38", "41", "42", "43", "44", "45", "46", "47", "48", "49", "51", "53",
    "54", "55", "61", "62", "63", "64", "65", "66", "67", "68", "69", "71", "73", "74", "75", "77",
    "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "91", "92", "93", "94", "95", "96",
    "97", "98", "99",
  ]

  /// Inserts the ninth digit that mobile numbers got from 2012 to 2016 (Anatel, resolution 553/2010).
  private static func adapt(_ digits: PhoneNumber.Digits) -> PhoneNumber.Digits? {
    let area = digits.prefix(2)
    guard areas.contains(String(decoding: area, as: UTF8.self)) else {
      // Numbers without an area: 0800, 0300 and the like.
      return digits.dropFirst().starts(with: "00".utf8) ? digits : nil
    }
    let subscriber = digits.dropFirst(2)
    guard let first = subscriber.first else { return nil }
    switch (subscriber.count, first) {
    case (8, UInt8(ascii: "2")...UInt8(ascii: "5")): return digits
    case (8, UInt8(ascii: "6")...UInt8(ascii: "9")):
      return (area + [UInt8(ascii: "9")] + subscriber)[...]
    case (9, UInt8(ascii: "9")): return digits
    default: return nil
    }
  }
}

/// Argentina: ten digits; a mobile has a 9 in front from abroad, and a 15 after the area at home.
enum Argentina {
  static let plan = NumberingPlan("54", [("9", 11...11), ("", 10...10)]).with(adapt: adapt)

  /// Areas of three digits; Buenos Aires is 11, all others have four.
  private static let areas: Set<String> = [
    "220", "221", "223", "230", "236", "237", "249", "260", "261", "263", "264", "266", "280",
    "291", "294", "297", "298", "299", "336", "341", "342", "343", "345", "348", "351", "353",
    "358", "362", "364", "370", "376", "379", "380", "381", "383", "385", "387", "388",
  ]

  /// Turns area, 15, number into 9, area, number.
  private static func adapt(_ digits: PhoneNumber.Digits) -> PhoneNumber.Digits? {
    guard digits.count == 12 else { return digits }
    let three = String(decoding: digits.prefix(3), as: UTF8.self)
    let length = three.hasPrefix("11") ? 2 : areas.contains(three) ? 3 : 4
    let rest = digits.dropFirst(length)
    guard rest.starts(with: "15".utf8) else { return nil }
    return ([UInt8(ascii: "9")] + digits.prefix(length) + rest.dropFirst(2))[...]
  }
}

/// The calling codes that are in use (ITU-T E.164, list of assigned country codes).
enum CallingCodes {
  static func contains(_ code: String) -> Bool {
    switch code.utf8.count {
    case 1: code == "1" || code == "7"
    case 2: two.contains(code)
    case 3: three.contains { $0.contains(Int(code) ?? 0) }
    default: false
    }
  }

  private static let two: Set<String> = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47",
    "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65",
    "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98",
  ]

  private static let three: [ClosedRange<Int>] = [
    211...213, 216...216, 218...218, 220...258, 260...269, 290...291, 297...299, 350...359,
    370...383, 385...387, 389...389, 420...421, 423...423, 500...509, 590...599, 670...670,
    672...683, 685...692, 800...800, 808...808, 850...850, 852...853, 855...856, 870...870,
    878...878, 880...883, 886...886, 888...888, 960...968, 970...977, 979...979, 992...996,
    998...998,
  ]
}
