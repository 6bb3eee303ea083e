/// The guide's routines, ready to be made (F5): complaints and what is urgent every morning, what was
/// received a week ago every Monday, the regulars every 60 days.
extension StarterSet {
  /// - Parameters:
  ///   - minute: the time of day at which each falls due.
  ///   - first: the day from which the 60 days are counted.
  package func segments(
    minute: Int, zone: String, role: RoleID?, from first: Day, owner: OperatorID?
  ) -> [SegmentTerms] {
    let rhythms: [Routine.Rhythm] = [
      .daily, .weekly([.monday]), .every(days: 60, from: first),
    ]
    return zip(rhythms, readySegments).map { rhythm, words in
      SegmentTerms(
        name: words.name, purpose: words.purpose, owner: owner, filter: words.filter,
        routine: Routine(rhythm: rhythm, minute: minute, zone: zone, role: role))
    }
  }

  private typealias ReadyWords = (name: String, purpose: String, filter: String)

  private var readySegments: [ReadyWords] {
    let regulars = "orders(last 180d) >= 3"
    switch self {
    case .pt:
      return [
        (
          "Toda manhã primeiro", "Reclamações e urgências antes de qualquer outra coisa.",
          #"any of (tag:"Reclamação-Aberta", tag:"Urgente")"#
        ),
        (
          "Recebidos há 7 dias", "Toda segunda-feira: convidar para avaliar.",
          #"tag:"Recebido-7 dias""#
        ),
        ("Clientes regulares", "A cada 60 dias: falar com eles e agradecer.", regulars),
      ]
    case .fr:
      return [
        (
          "Chaque matin d’abord", "Réclamations et urgences avant toute autre chose.",
          #"any of (tag:"Réclamation-Ouverte", tag:"Urgent")"#
        ),
        (
          "Reçus il y a 7 jours", "Chaque lundi : inviter à donner un avis.", #"tag:"Reçu-7 jours""#
        ),
        ("Clients réguliers", "Tous les 60 jours : leur parler et les remercier.", regulars),
      ]
    case .en:
      return [
        (
          "Every morning first", "Complaints and urgent requests before anything else.",
          #"any of (tag:"Complaint-Open", tag:"Urgent")"#
        ),
        (
          "Received 7 days ago", "Every Monday: invite a review.", #"tag:"Received-7 days""#
        ),
        ("Regular customers", "Every 60 days: be in touch and thank them.", regulars),
      ]
    }
  }
}
