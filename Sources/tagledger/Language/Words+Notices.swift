import APITypes

// What concerns others, and who has read it.
extension Words {
  var readHeading: String { say(en: "Read", pt: "Lido", fr: "Lu") }

  func acknowledged(_ count: Int) -> String {
    count == 1
      ? say(en: "1 notice read.", pt: "1 aviso lido.", fr: "1 avis lu.")
      : say(
        en: "\(number(Int64(count))) notices read.", pt: "\(number(Int64(count))) avisos lidos.",
        fr: "\(number(Int64(count))) avis lus.")
  }

  func told(_ notice: NoticeDocument) -> String {
    var lines = [notice.change.sentence]
    if let reason = notice.change.reason { lines.append("\(self.reason): \(reason)") }
    for reader in notice.readBy {
      let time = LocalTime(reader.at)?.shown(language) ?? reader.at
      let name = reader.name ?? String(reader.id)
      lines.append(
        say(
          en: "\(name) read it: \(time)", pt: "\(name) leu: \(time)", fr: "\(name) l’a lu : \(time)"
        ))
    }
    if !notice.unreadBy.isEmpty {
      let names = notice.unreadBy.map { $0.name ?? String($0.id) }.joined(separator: ", ")
      lines.append(
        say(en: "Not read by: \(names)", pt: "Não lido por: \(names)", fr: "Pas lu par : \(names)"))
    }
    return lines.map { "\($0)\n" }.joined()
  }
}
