import { text, type Text } from '../../engine/kit/text.ts';

/** The five sources this workbench is built on and tested against. */
export interface Paper {
  readonly name: string;
  readonly title: Text;
  readonly where: string;
  readonly proposes: Text;
}

export const papers: readonly Paper[] = [
  {
    name: 'Twin',
    title: text(
      'Privacy-preserving digital twins for smart cities',
      'Gemelos digitales de ciudades que preservan la privacidad',
    ),
    where: 'Int. J. on Information Technologies & Security 17(4), 2025',
    proposes: text(
      'Differential privacy, federated learning and secure computation at once over a city’s digital twin, with a budget divided by sensitivity.',
      'Privacidad diferencial, aprendizaje federado y computación segura a la vez sobre el gemelo digital de una ciudad, con un presupuesto repartido por sensibilidad.',
    ),
  },
  {
    name: 'Streams',
    title: text('Differentially private streams from vehicles', 'Flujos de vehículos con privacidad diferencial'),
    where: 'Joy, McGoldrick, Gerla',
    proposes: text(
      'Each vehicle answers by two coins; an aggregator nobody has to trust estimates speeds live.',
      'Cada vehículo responde con dos monedas; un agregador en quien nadie tiene que confiar estima velocidades en vivo.',
    ),
  },
  {
    name: 'Model',
    title: text(
      'Privacy-preserving models for IoT-based smart city infrastructure',
      'Modelos que preservan la privacidad en infraestructuras urbanas de IoT',
    ),
    where: 'Dafadar, 2024',
    proposes: text(
      'Preprocessing on the device, encryption end to end, and federated training with noise on the updates.',
      'Preproceso en el dispositivo, cifrado de extremo a extremo y entrenamiento federado con ruido en los cambios.',
    ),
  },
  {
    name: 'Review',
    title: text('Privacy and security in IoT smart cities', 'Privacidad y seguridad en ciudades inteligentes con IoT'),
    where: 'IJSAT, 2024',
    proposes: text(
      'k-anonymity with l-diversity, secure computation between departments, and noisy queries. It reports no figures of its own.',
      'k-anonimato con l-diversidad, computación segura entre departamentos y consultas con ruido. No aporta cifras propias.',
    ),
  },
  {
    name: 'Dimensions',
    title: text('Smart cities and citizen privacy', 'Ciudades inteligentes y privacidad ciudadana'),
    where: 'research digest',
    proposes: text(
      'Five dimensions of citizen privacy: identity, query, location, footprint, owner. Every method here says which it serves.',
      'Cinco dimensiones de la privacidad ciudadana: identidad, consulta, ubicación, huella, propiedad. Cada método dice a cuáles sirve.',
    ),
  },
];
