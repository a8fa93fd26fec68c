import { describe, expect, it } from 'vitest'
import { shortModel } from './model.js'

describe('The short name of a model', () => {
  it.each([
    ['NVIDIA H100 80GB HBM3', 'H100 80GB'],
    ['NVIDIA A100-SXM4-80GB', 'A100 80GB'],
    ['NVIDIA A100 80GB PCIe', 'A100 80GB'],
    ['NVIDIA A100-PCIE-40GB', 'A100 40GB'],
    ['Tesla V100-SXM3-32GB', 'V100 32GB'],
    ['NVIDIA H200', 'H200'],
    ['NVIDIA L40S', 'L40S'],
    ['NVIDIA GeForce RTX 4090', 'RTX 4090'],
    ['NVIDIA RTX 6000 Ada Generation', 'RTX 6000 Ada Generation'],
    ['NVIDIA GH200 120GB', 'GH200 120GB'],
    ['AMD Instinct MI300X', 'Instinct MI300X'],
  ])('of %s is %s', (name, short) => {
    expect(shortModel(name)).toBe(short)
  })
})
