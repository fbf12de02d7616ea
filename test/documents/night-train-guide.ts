import type { PrintBlock } from '../support/print.js';

/** A guide without numbers, on pages. */
export const NIGHT_TRAIN_GUIDE: readonly PrintBlock[] = [
  { kind: 'title', text: 'Guide for attendants of the night train' },
  { kind: 'text', text: 'Northern Sleeper Company, edition of 1 February 2025' },
  { kind: 'heading', text: 'Before departure' },
  {
    kind: 'text',
    text: 'Attendants report to the train manager ninety minutes before departure and check that each berth has two blankets, a pillow, a towel and a bottle of water.',
  },
  {
    kind: 'text',
    text: 'Passports are collected from travellers to Norrland only if they ask not to be woken at the border. They are kept in the locked drawer of the service compartment.',
  },
  {
    kind: 'text',
    text: 'A traveller who has booked a berth in a compartment for women may not be moved to another compartment without her consent, even if the train is full.',
  },
  { kind: 'heading', text: 'During the night' },
  {
    kind: 'text',
    text: 'The lights in the corridor are dimmed at half past ten. From then on announcements are made only in an emergency.',
  },
  {
    kind: 'text',
    text: 'Snoring is no ground for moving a traveller. Offer earplugs, and in the morning a voucher for coffee.',
  },
  { kind: 'page' },
  {
    kind: 'text',
    text: 'If a traveller falls ill, pull neither the brake nor the alarm. Call the train manager, who arranges for an ambulance to meet the train at the next station with a hospital.',
  },
  {
    kind: 'text',
    text: 'Dogs travel in the last carriage and wear a muzzle in the corridor. Guide dogs stay with their owner and pay nothing.',
  },
  {
    kind: 'text',
    text: 'Bicycles are hung in the luggage van. Batteries of electric bicycles must be taken off and carried by the owner, because they can catch fire.',
  },
  { kind: 'heading', text: 'Arrival and delays' },
  {
    kind: 'text',
    text: 'Wake each traveller thirty minutes before arrival by knocking twice. Breakfast is rye bread, cheese and cloudberry jam; a meal without gluten must have been ordered the day before.',
  },
  {
    kind: 'text',
    text: 'When the train is more than two hours late, travellers receive half the fare back. Forms are handed out before the train arrives, not afterwards.',
  },
  {
    kind: 'text',
    text: 'Things left behind are labelled with the number of the berth and sent to the office in Kiruna, which keeps them for ninety days.',
  },
];
